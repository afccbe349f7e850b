using System.Collections.Immutable;
using System.Globalization;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// What differs in one way in one file, in lines for people: names that differ alike share a line, and an archive that is as different as the
/// library made of it is one line. Nothing is lost in <see cref="PathPair.Differences"/>.
/// </summary>
/// <param name="Kind">What kind of difference.</param>
/// <param name="File">The file.</param>
/// <param name="Lines">What differs, the most telling line first.</param>
internal sealed record DifferenceGroup(DifferenceKind Kind, string File, ImmutableArray<string> Lines)
{
    private const int MaxNames = 12;
    private const int MaxLines = 6;

    /// <summary>The groups of a pair in the order of <see cref="DifferenceKind"/>.</summary>
    public static ImmutableArray<DifferenceGroup> Of(PathPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        Difference[] files = [.. pair.Differences.Where(difference => ArchiveOf(difference) is null)];
        ILookup<string, Difference> archives = pair.Differences.Except(files).ToLookup(difference => ArchiveOf(difference)!);
        bool areTold = files.Any(difference => difference.Kind is DifferenceKind.Imports or DifferenceKind.Exports or DifferenceKind.Code or DifferenceKind.Tables or DifferenceKind.Data);
        IEnumerable<DifferenceGroup> members = areTold
            ? archives.Select(archive => new DifferenceGroup(DifferenceKind.Code, archive.Key, [Count(archive.Select(difference => difference.File).Distinct().Count(), "member", "differs", "differ")]))
            : archives.SelectMany(Group);
        return [.. Group(files).Concat(members).OrderBy(group => group.Kind)];
    }

    /// <summary>What explains the differences: each answer of a configure script once, that of most differences first.</summary>
    public static ImmutableArray<string> CausesOf(PathPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return [.. pair.Differences.Where(difference => difference.Cause is not null).GroupBy(difference => difference.Cause!).OrderByDescending(group => group.Count()).Select(group => group.Key)];
    }

    /// <summary>Variables of configure's cache that would have given the native answers, <c>apr_cv_use_lfs64=yes</c>.</summary>
    public static ImmutableArray<string> AnswersOf(PathPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return
        [
            .. from answer in pair.Answers
               where answer is { Native: not null, IsVariable: true }
               select $"{answer.Question}={(answer.Native!.Contains(' ', StringComparison.Ordinal) ? $"'{answer.Native}'" : answer.Native)}",
        ];
    }

    private static string? ArchiveOf(Difference difference) =>
        difference.File.IndexOf(".a:", StringComparison.Ordinal) is > 0 and var end ? difference.File[..(end + 2)] : null;

    private static IEnumerable<DifferenceGroup> Group(IEnumerable<Difference> differences) =>
        from difference in differences
        group difference by (difference.Kind, difference.File) into file
        select new DifferenceGroup(file.Key.Kind, file.Key.File, LinesOf([.. file]));

    private static ImmutableArray<string> LinesOf(Difference[] differences)
    {
        List<string> telling = [];
        List<string> pairs = [];
        List<string> others = [];
        List<string> plain = [];
        foreach (IGrouping<(string? Side, string Meaning), Difference> alike in differences.GroupBy(difference => (SideOnly(difference), difference.Meaning)))
        {
            (string? side, string meaning) = alike.Key;
            if (IsMirrored(alike, differences))
            {
                continue;
            }

            if (differences[0].Kind is DifferenceKind.BuildFacts or DifferenceKind.Code && alike.All(difference => difference.Subject is [not '.', ..]))
            {
                others.Add(Names(side, alike));
            }
            else if ((side is not null || (differences[0].Kind == DifferenceKind.Tables && alike.Count() > 1)) && alike.All(difference => difference.Subject.Length > 0))
            {
                (meaning.Length > 0 ? telling : others).Add(Names(side, alike) + Behind(meaning));
            }
            else if (meaning.Length > 0)
            {
                telling.AddRange(alike.Select(Line));
            }
            else
            {
                (Difference[] named, Difference[] lines) = ([.. alike.Where(IsShort)], [.. alike.Where(difference => !IsShort(difference))]);
                pairs.AddRange(named.Select(difference => $"{difference.Subject} {difference.Cross} | {difference.Native}"));
                plain.AddRange(lines.Select(Line));
            }
        }

        if (pairs.Count > 0)
        {
            telling.Add($"cross | native: {string.Join("; ", Limited(pairs, MaxNames))}");
        }

        if (plain.Count > 0)
        {
            others.Add(plain.Count == 1 ? plain[0] : string.Create(CultureInfo.InvariantCulture, $"{plain[0]}, and {plain.Count - 1} more lines"));
        }

        return [.. Limited([.. telling, .. others], MaxLines)];
    }

    /// <summary>The other half of a loss: who no longer asks for fstat64 asks for fstat, and one of them says it.</summary>
    private static bool IsMirrored(IGrouping<(string? Side, string Meaning), Difference> alike, Difference[] differences) =>
        alike.First() is { Kind: DifferenceKind.Imports, Meaning.Length: > 0 } one
        && differences.FirstOrDefault(other => other.Meaning == one.Meaning && SideOnly(other) != alike.Key.Side) is { } mirror
        && one.Subject.Split('@')[0].Length < mirror.Subject.Split('@')[0].Length;

    private static bool IsShort(Difference difference)
    {
        const int MaxValue = 24;
        return difference.Subject.Length > 0 && difference is { Cross.Length: <= MaxValue, Native.Length: <= MaxValue };
    }

    private static string Names(string? side, IEnumerable<Difference> alike) =>
        (side is null ? "" : $"{side}: ") + string.Join(", ", Limited([.. alike.Select(difference => difference.Subject.Split('@')[0])], MaxNames));

    private static IEnumerable<string> Limited(List<string> items, int limit) => items.Count <= limit
        ? items
        : items.Take(limit - 1).Append(string.Create(CultureInfo.InvariantCulture, $"and {items.Count - limit + 1} more"));

    private static string? SideOnly(Difference difference) => (difference.Cross, difference.Native, difference.Kind) switch
    {
        (_, _, DifferenceKind.PkgConfig or DifferenceKind.ConfigScript or DifferenceKind.Settings or DifferenceKind.Libtool or DifferenceKind.CMake) => null,
        (not null, null, _) => "cross only",
        (null, not null, _) => "native only",
        _ => null,
    };

    private static string Line(Difference difference)
    {
        string subject = difference.Subject.Length > 0 ? $"{difference.Subject}: " : "";
        string values = (difference.Cross, difference.Native) switch
        {
            (null, null) => "",
            ({ } cross, null) => $"{cross} (cross only)",
            (null, { } native) => $"{native} (native only)",
            var (cross, native) => $"{cross} (cross), {native} (native)",
        };
        return subject + values + (values.Length > 0 ? Behind(difference.Meaning) : difference.Meaning);
    }

    private static string Behind(string meaning) => meaning.Length > 0 ? $" — {meaning}" : "";

    private static string Count(int count, string noun, string one, string several) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")} {(count == 1 ? one : several)} likewise");
}
