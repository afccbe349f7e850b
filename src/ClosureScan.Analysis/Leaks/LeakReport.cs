using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The verdict on a closure. Immutable.</summary>
public sealed record LeakReport
{
    /// <summary>What was analysed.</summary>
    public required ScannedClosure Closure { get; init; }

    /// <summary>The closure as a graph; node i is <see cref="Paths"/>[i].</summary>
    public required ClosureGraph Graph { get; init; }

    /// <summary>Where the closure is to run; null when nothing in it tells and nobody said.</summary>
    public required Platform? Host { get; init; }

    /// <summary>How that was found out.</summary>
    public required HostOrigin HostFrom { get; init; }

    /// <summary>Where it was built, as far as the closure shows; null when nothing foreign is in it.</summary>
    public required Platform? Build { get; init; }

    /// <summary>Every path, sorted.</summary>
    public required ImmutableArray<AnalyzedPath> Paths { get; init; }

    /// <summary>The findings, worst first: what breaks before what bloats, then by the bytes they cost.</summary>
    public required ImmutableArray<Leak> Leaks { get; init; }

    /// <summary>Foreign code that is right where it is and therefore no finding, by path.</summary>
    public ImmutableArray<LetThrough> LetThrough { get; init; } = [];

    /// <summary>
    /// Whether it was read back from a file: then the bytes of references that are no findings are not known, and nothing is counted as
    /// read.
    /// </summary>
    public bool IsSaved { get; init; }

    /// <summary>The bytes of the closure of all roots together.</summary>
    public required long ClosureSize { get; init; }

    /// <summary>The bytes of the closure that belong to paths of the foreign side.</summary>
    public long ForeignSize => Paths.Where(path => path.Side == PathSide.Foreign).Sum(path => path.NarSize);

    /// <summary>Files read.</summary>
    public long FileCount => Closure.Paths.Sum(path => path.Scan?.FileCount ?? 0);

    /// <summary>Bytes read.</summary>
    public long ByteCount => Closure.Paths.Sum(path => path.Scan?.ByteCount ?? 0);

    /// <summary>The findings that are at least as bad as <paramref name="effect"/>.</summary>
    public IEnumerable<Leak> AtLeast(LeakEffect effect) => Leaks.Where(leak => leak.Effect >= effect);

    /// <summary>The roots.</summary>
    public ImmutableArray<StorePath> Roots => Closure.Roots;
}
