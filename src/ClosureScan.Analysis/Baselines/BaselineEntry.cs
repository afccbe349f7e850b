using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// One line of a baseline: an occurrence, what it does, and in how many places of the closure it is. Two versions of a package have one key
/// and are two places; a third is new. As text <c>foreign-reference curl bin/curl-config config-script gcc-wrapper bloats x2</c>, without
/// the count where it is 1.
/// </summary>
/// <param name="Key">The occurrence.</param>
/// <param name="Effect">What it does; null when the line is of format 1, which does not tell.</param>
/// <param name="Count">How many places; at least 1.</param>
public sealed record BaselineEntry(OccurrenceKey Key, Effect? Effect, long Count)
{
    /// <summary>In format 1, what stands for the files that the scan did not name: <c>foreign-reference curl +69 gcc-wrapper</c>.</summary>
    internal const string OtherFiles = "+";

    /// <summary>Reads a line of format 2. False when it is none.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out BaselineEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(text);
        entry = null;
        string[] fields = text.Split(' ');
        long count = 1;
        if (fields.Length is not (6 or 7) || fields.Contains("")
            || (fields.Length == 7 && !TryParseCount(fields[6], 'x', out count))
            || fields[5] is not ("bloats" or "breaks")
            || !TryParseMechanism(fields[3], out Mechanism? mechanism))
        {
            return false;
        }

        entry = new BaselineEntry(
            new OccurrenceKey(fields[0], fields[1], fields[2], mechanism, fields[4]),
            fields[5] == "breaks" ? Findings.Effect.Breaks : Findings.Effect.Bloats,
            count);
        return true;
    }

    /// <summary>Reads a line of format 1: rule, package, file and target, no mechanism and no effect. False when it is none.</summary>
    internal static bool TryParseFormat1(string text, [NotNullWhen(true)] out BaselineEntry? entry)
    {
        entry = null;
        string[] fields = text.Split(' ');
        long count = 1;
        if (fields.Length is not (4 or 5) || fields.Contains(""))
        {
            return false;
        }

        if (fields[2].StartsWith('+'))
        {
            if (fields.Length != 4 || !TryParseCount(fields[2], '+', out count))
            {
                return false;
            }

            fields[2] = OtherFiles;
        }
        else if (fields.Length == 5 && !TryParseCount(fields[4], 'x', out count))
        {
            return false;
        }

        entry = new BaselineEntry(
            new OccurrenceKey(fields[0], PackageNames.WithoutInterpreterVersion(fields[1]), fields[2], null, PackageNames.WithoutInterpreterVersion(fields[3])), null, count);
        return true;
    }

    /// <summary>The entries in the order of their lines, each of which is made once.</summary>
    internal static IEnumerable<BaselineEntry> Sort(IEnumerable<BaselineEntry> entries) => entries.OrderBy(entry => entry.ToString(), StringComparer.Ordinal);

    /// <summary>The line; one of format 1 for an entry that came from there.</summary>
    public override string ToString()
    {
        string number = Count.ToString(CultureInfo.InvariantCulture);
        string count = Count == 1 ? "" : $" x{number}";
        return Effect is { } effect ? $"{Key} {(effect == Findings.Effect.Breaks ? "breaks" : "bloats")}{count}"
            : Key.File == OtherFiles ? $"{Key.Rule} {Key.Package} +{number} {Key.Target}"
            : $"{Key.Rule} {Key.Package} {Key.File} {Key.Target}{count}";
    }

    private static bool TryParseCount(string text, char mark, out long count)
    {
        count = 0;
        return text.StartsWith(mark) && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
    }

    private static bool TryParseMechanism(string text, out Mechanism? mechanism)
    {
        bool isKnown = MechanismNames.TryParse(text, out Mechanism parsed);
        mechanism = isKnown ? parsed : null;
        return isKnown || text == OccurrenceKey.NoFile;
    }
}
