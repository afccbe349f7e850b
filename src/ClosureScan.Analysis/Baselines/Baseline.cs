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

    /// <summary>
    /// What of this baseline is still there in <paramref name="now"/>: fewer findings or as many, sizes as they were or smaller. Nothing is
    /// added, so a baseline that is only ever shrunk never hides anything new.
    /// </summary>
    public Baseline Shrink(Baseline now)
    {
        ArgumentNullException.ThrowIfNull(now);
        IEnumerable<BaselineKey> named = Keys.Where(key => key.UnnamedFiles == 0 && now._keys.Contains(key));
        IEnumerable<BaselineKey> unnamed =
            from entry in _unnamed
            let left = Math.Min(entry.Value, now._unnamed.GetValueOrDefault(entry.Key))
            where left > 0
            select BaselineKey.ForUnnamed(entry.Key.Item1, entry.Key.Item2, left, entry.Key.Item3);
        return new Baseline(
            named.Concat(unnamed),
            ClosureSizes.Select(size => KeyValuePair.Create(size.Key, Math.Min(size.Value, now.ClosureSizes.GetValueOrDefault(size.Key, long.MaxValue)))));
    }

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
