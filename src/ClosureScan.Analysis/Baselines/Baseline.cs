using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Input;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// The occurrences that a project knows and has not mended yet, and how large its closures were. A check against it fails on what is
/// new, so the number only goes down. Immutable.
/// </summary>
public sealed class Baseline
{
    /// <summary>The name under which commands look for a baseline and write one.</summary>
    public const string FileName = "closurescan.baseline";

    /// <summary>The first line of every baseline file that is written.</summary>
    internal const string Header = "# closurescan baseline, format 2";

    /// <summary>The first line of files of the format before, which are still read.</summary>
    internal const string OldHeader = "# closurescan baseline, format 1";

    // A hundred bytes a line: more than a million of them.
    private const long MaxLength = 128L << 20;

    /// <summary>Makes a baseline.</summary>
    /// <param name="entries">The occurrences, in any order; of two entries about one the larger count holds.</param>
    /// <param name="closureSizes">The closure sizes in bytes by the roots' package names.</param>
    internal Baseline(IEnumerable<BaselineEntry> entries, IEnumerable<KeyValuePair<string, long>> closureSizes)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = [.. BaselineEntry.Sort(entries.GroupBy(entry => (entry.Key, entry.Effect)).Select(group => group.MaxBy(entry => entry.Count)!))];
        ClosureSizes = closureSizes.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>The occurrences, sorted, each once.</summary>
    public ImmutableArray<BaselineEntry> Entries { get; }

    /// <summary>The closure sizes in bytes by the roots' package names.</summary>
    public ImmutableSortedDictionary<string, long> ClosureSizes { get; }

    /// <summary>The entries for some findings, each with the number of its places.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="isMeant">Which of their occurrences; all when null.</param>
    internal static ImmutableArray<BaselineEntry> EntriesOf(IEnumerable<Finding> findings, Func<Occurrence, bool>? isMeant = null) =>
    [
        .. BaselineEntry.Sort(findings.SelectMany(finding => finding.Occurrences)
            .Where(occurrence => isMeant?.Invoke(occurrence) != false)
            .GroupBy(occurrence => (occurrence.Key, occurrence.Effect))
            .Select(group => new BaselineEntry(group.Key.Key, group.Key.Effect, group.LongCount()))),
    ];

    /// <summary>Reads a baseline file.</summary>
    /// <exception cref="BaselineFormatException">The file is no baseline; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Baseline Load(string file)
    {
        using StreamReader reader = new(InputFile.OpenText(file, MaxLength, mayBeSpecial: true));
        return BaselineText.Read(reader, file);
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="text">The text of a baseline file.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="BaselineFormatException">The text is no baseline; the message names file and line.</exception>
    public static Baseline Read(TextReader text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BaselineText.Read(text, file);
    }

    /// <summary>Writes the baseline: a header, then one line an item, sorted. Equal baselines give equal bytes.</summary>
    /// <exception cref="InvalidOperationException">It was read from a file of format 1: what a check says is left of it can be written.</exception>
    public void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        BaselineText.Write(this, output);
    }
}
