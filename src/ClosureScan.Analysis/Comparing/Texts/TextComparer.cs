using System.Text;
using System.Text.RegularExpressions;
using ClosureScan.Analysis.Comparing.Files;

namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>Compares texts by what their kind means, in the words of both sides.</summary>
internal static partial class TextComparer
{
    /// <summary>Lines that are told one by one; the rest is a number.</summary>
    private const int MaxLines = 200;

    public static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.Contains((byte)0) && IsUtf8(bytes);

    public static void Compare(FilePair pair, FileVerdict verdict)
    {
        string cross = Encoding.UTF8.GetString(pair.Cross.Common);
        string native = Encoding.UTF8.GetString(pair.Native.Common);
        if (IsSameBlanked(cross, native, verdict))
        {
            return;
        }

        TextKind kind = TextKind.Of(pair.File, native);
        FieldedText left = kind.Read(cross);
        FieldedText right = kind.Read(native);
        foreach (string key in left.Fields.Keys.Union(right.Fields.Keys))
        {
            string? one = left.Fields.GetValueOrDefault(key);
            string? other = right.Fields.GetValueOrDefault(key);
            if (one != other && (one is null || other is null || !IsSameSet(kind.IsFlags(key), one, other)))
            {
                verdict.Add(Describe(pair.File, kind, key, one, other));
            }
        }

        AddLines(pair.File, kind, left.Lines, right.Lines, verdict);
        if (verdict.Differences.Count == 0)
        {
            verdict.Add(new Difference { Kind = DifferenceKind.Layout, File = pair.File, Meaning = "the same lines in another order or spacing" });
        }
    }

    private static Difference Describe(string file, TextKind kind, string key, string? cross, string? native)
    {
        (string? lost, string? gained) = kind.IsFlags(key) ? Flags.Difference(cross ?? "", native ?? "") : Variants.Difference(cross, native);
        return new Difference
        {
            Kind = BuildFacts.IsBuildFact(kind, key) ? DifferenceKind.BuildFacts : kind.Difference,
            File = file,
            Subject = key,
            Cross = lost,
            Native = gained,
            Meaning = kind.Difference == DifferenceKind.Headers ? HeaderMeaning.Of(key, lost, gained) : "",
        };
    }

    private static bool IsSameSet(bool isFlags, string cross, string native) =>
        Squeeze(cross) == Squeeze(native) || (isFlags && Flags.Difference(cross, native) is (null, null));

    /// <summary>Lines that only one side has, each as often as it has more of them.</summary>
    private static void AddLines(string file, TextKind kind, List<string> cross, List<string> native, FileVerdict verdict)
    {
        Dictionary<string, int> counts = [];
        foreach (string line in cross.Select(Squeeze))
        {
            counts[line] = counts.GetValueOrDefault(line) + 1;
        }

        foreach (string line in native.Select(Squeeze))
        {
            counts[line] = counts.GetValueOrDefault(line) - 1;
        }

        // Changed lines are shown side by side as far as their numbers go, in the order of the texts.
        List<string> lost = [.. native.Select(Squeeze).Distinct().Where(line => counts[line] < 0)];
        List<string> gained = [.. cross.Select(Squeeze).Distinct().Where(line => counts[line] > 0)];
        int count = Math.Max(lost.Count, gained.Count);
        for (int index = 0; index < Math.Min(count, MaxLines); index++)
        {
            string? one = gained.ElementAtOrDefault(index);
            string? other = lost.ElementAtOrDefault(index);
            verdict.Add(new Difference
            {
                Kind = BuildFacts.IsBuildLine(kind, one, other) ? DifferenceKind.BuildFacts : kind.LineDifference,
                File = file,
                Cross = one,
                Native = other,
                MoreCount = index == MaxLines - 1 ? count - MaxLines : 0,
            });
        }
    }

    private static bool IsSameBlanked(string cross, string native, FileVerdict verdict)
    {
        foreach ((Regex pattern, string mask) in ((Regex, string)[])[(UuidPattern(), VolatileFields.Uuid), (TimePattern(), VolatileFields.CompileTime)])
        {
            string left = pattern.Replace(cross, "");
            string right = pattern.Replace(native, "");
            if (left == right)
            {
                verdict.Mask(mask);
                return true;
            }
        }

        return false;
    }

    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex UuidPattern();

    [GeneratedRegex(@"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-3]\d \d{4}(?:,? [0-2]\d:[0-5]\d:[0-5]\d)?", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
