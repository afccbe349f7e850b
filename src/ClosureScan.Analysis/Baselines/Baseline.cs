using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// The findings that a project knows and has not mended yet, and how large its closures were. A check against it fails on what is
/// new, so the number only goes down. Immutable.
/// </summary>
public sealed class Baseline
{
    /// <summary>The first line of every baseline file of this format.</summary>
    public const string Header = "# closurescan baseline, format 1";

    private readonly FrozenSet<BaselineKey> _keys;
    private readonly FrozenDictionary<(LeakRule, string, string), long> _unnamed;

    /// <summary>Makes a baseline.</summary>
    /// <param name="keys">The findings, in any order.</param>
    /// <param name="closureSizes">The closure sizes in bytes by the roots' package names.</param>
    public Baseline(IEnumerable<BaselineKey> keys, IEnumerable<KeyValuePair<string, long>> closureSizes)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Keys = [.. BaselineKey.Sort(keys.Distinct())];
        ClosureSizes = closureSizes.ToImmutableSortedDictionary(StringComparer.Ordinal);
        _keys = Keys.ToFrozenSet();
        _unnamed = Keys.Where(key => key.UnnamedFiles > 0)
            .GroupBy(key => (key.Rule, key.Package, key.Target))
            .ToFrozenDictionary(group => group.Key, group => group.Max(key => key.UnnamedFiles));
    }

    /// <summary>The findings, sorted, each once.</summary>
    public ImmutableArray<BaselineKey> Keys { get; }

    /// <summary>The closure sizes in bytes by the roots' package names.</summary>
    public ImmutableSortedDictionary<string, long> ClosureSizes { get; }

    /// <summary>Whether a finding is known. Files beyond the evidence are known as long as they do not become more.</summary>
    public bool Knows(BaselineKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.UnnamedFiles > 0
            ? _unnamed.GetValueOrDefault((key.Rule, key.Package, key.Target)) >= key.UnnamedFiles
            : _keys.Contains(key);
    }

    /// <summary>The baseline without the findings that are gone; nothing is added.</summary>
    public Baseline Without(IEnumerable<BaselineKey> gone) => new(Keys.Except(gone), ClosureSizes);

    /// <summary>Reads a baseline file.</summary>
    /// <exception cref="BaselineFormatException">The file is no baseline; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Baseline Load(string file)
    {
        using StreamReader reader = new(file);
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
