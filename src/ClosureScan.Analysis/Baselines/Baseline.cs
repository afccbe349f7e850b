using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Input;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// The findings that a project knows and has not mended yet, and how large its closures were. A check against it fails on what is
/// new, so the number only goes down. Immutable.
/// </summary>
public sealed class Baseline
{
    /// <summary>The first line of every baseline file of this format.</summary>
    public const string Header = "# closurescan baseline, format 1";

    // A hundred bytes a line: more than a million of them.
    private const long MaxLength = 128L << 20;

    private readonly FrozenDictionary<BaselineKey, long> _counts;

    /// <summary>Makes a baseline.</summary>
    /// <param name="entries">The findings, in any order; of two entries about one finding the larger count holds.</param>
    /// <param name="closureSizes">The closure sizes in bytes by the roots' package names.</param>
    public Baseline(IEnumerable<BaselineEntry> entries, IEnumerable<KeyValuePair<string, long>> closureSizes)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _counts = entries.GroupBy(entry => entry.Key).ToFrozenDictionary(group => group.Key, group => group.Max(entry => entry.Count));
        Entries = [.. _counts.Select(count => new BaselineEntry(count.Key, count.Value)).OrderBy(entry => entry.ToString(), StringComparer.Ordinal)];
        ClosureSizes = closureSizes.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>The findings, sorted, each once.</summary>
    public ImmutableArray<BaselineEntry> Entries { get; }

    /// <summary>The closure sizes in bytes by the roots' package names.</summary>
    public ImmutableSortedDictionary<string, long> ClosureSizes { get; }

    /// <summary>In how many places of the closure the finding is known; 0 when it is not.</summary>
    public long CountOf(BaselineKey key) => _counts.GetValueOrDefault(key);

    /// <summary>
    /// What of this baseline is still there in <paramref name="now"/>: fewer findings or as many, sizes as they were or smaller. Nothing is
    /// added, so a baseline that is only ever shrunk never hides anything new.
    /// </summary>
    public Baseline Shrink(Baseline now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return new Baseline(
            new BaselineComparison(this, now._counts).Kept(),
            ClosureSizes.Select(size => KeyValuePair.Create(size.Key, Math.Min(size.Value, now.ClosureSizes.GetValueOrDefault(size.Key, long.MaxValue)))));
    }

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
    public void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        BaselineText.Write(this, output);
    }
}
