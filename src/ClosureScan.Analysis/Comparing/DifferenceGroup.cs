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
public sealed record DifferenceGroup(DifferenceKind Kind, string File, ImmutableArray<string> Lines)
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
        List<(bool IsTelling, string Text)> lines = [];
        foreach (IGrouping<(string?, string), Difference> alike in differences.GroupBy(difference => (SideOnly(difference), difference.Meaning)))
        {
            if (alike.Key.Item1 is { } side && alike.All(difference => difference.Subject.Length > 0))
            {
                string[] names = [.. alike.Select(difference => difference.Subject.Split('@')[0])];
                string more = names.Length > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MaxNames} more") : "";
                lines.Add((alike.Key.Item2.Length > 0, $"{side}: {string.Join(", ", names.Take(MaxNames))}{more}{Behind(alike.Key.Item2)}"));
            }
            else if (differences[0].Kind == DifferenceKind.Tables && alike.Count() > 1)
            {
                lines.Add((true, $"{string.Join(", ", alike.Select(difference => difference.Subject).Take(MaxNames))}{Behind(alike.Key.Item2)}"));
            }
            else
            {
                lines.AddRange(alike.Select(difference => (difference.Meaning.Length > 0, Line(difference))));
            }
        }

        // What has a meaning stands first; the rest keeps its order.
        string[] ordered = [.. lines.OrderByDescending(line => line.IsTelling).Select(line => line.Text)];
        return ordered.Length <= MaxLines
            ? [.. ordered]
            : [.. ordered.Take(MaxLines - 1), string.Create(CultureInfo.InvariantCulture, $"and {ordered.Length - MaxLines + 1} more")];
    }

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
