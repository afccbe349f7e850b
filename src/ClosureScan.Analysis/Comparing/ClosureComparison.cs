using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// A cross-built closure beside the native one: which paths are each other's, how equal they are once store hashes are mapped, and what
/// differs. Neither side is taken for right. Immutable.
/// </summary>
public sealed record ClosureComparison
{
    /// <summary>The closure that was compared.</summary>
    public required ComparedClosure Cross { get; init; }

    /// <summary>The one it was compared with.</summary>
    public required ComparedClosure Native { get; init; }

    /// <summary>The paths that are each other's, the least equal first, then by name.</summary>
    public required ImmutableArray<PathPair> Pairs { get; init; }

    /// <summary>The paths that have no counterpart, those of the cross side first.</summary>
    public required ImmutableArray<UnpairedPath> Unpaired { get; init; }

    /// <summary>What could not be read; then the comparison is incomplete.</summary>
    public ImmutableArray<ScanProblem> Problems { get; init; } = [];

    internal IReadOnlyDictionary<StorePath, PathFingerprint> CrossFingerprints { get; init; } = ImmutableDictionary<StorePath, PathFingerprint>.Empty;

    internal IReadOnlyDictionary<StorePath, PathFingerprint> NativeFingerprints { get; init; } = ImmutableDictionary<StorePath, PathFingerprint>.Empty;

    /// <summary>Where the cross-built closure is to run.</summary>
    public InferredHost CrossHost => ComparedHost.Of(Cross, CrossFingerprints);

    /// <summary>Where the native closure is to run.</summary>
    public InferredHost NativeHost => ComparedHost.Of(Native, NativeFingerprints);

    /// <summary>Whether everything could be read.</summary>
    public bool IsComplete => Problems.IsEmpty;

    /// <summary>The worst level of all pairs; identical where there are none.</summary>
    public ComparisonLevel Level => Pairs.IsEmpty ? ComparisonLevel.Identical : Pairs.Max(pair => pair.Level);

    /// <summary>How many pairs are of a level.</summary>
    public int Count(ComparisonLevel level) => Pairs.Count(pair => pair.Level == level);

    /// <summary>
    /// Compares. Each closure is read once; pairs that differ are read again, file by file. Memory: a few hundred bytes a path, and the
    /// largest two files that differ.
    /// </summary>
    /// <param name="cross">One closure.</param>
    /// <param name="native">The other.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how many paths have been read.</param>
    /// <param name="cancellationToken">Ends the comparison with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A closure has a path twice, or a root that is not among its paths.</exception>
    public static Task<ClosureComparison> RunAsync(
        ComparedClosure cross, ComparedClosure native, ComparisonOptions? options = null,
        IProgress<ComparisonProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cross);
        ArgumentNullException.ThrowIfNull(native);
        return new ComparisonRun(cross, native, options ?? ComparisonOptions.Default, progress).RunAsync(cancellationToken);
    }
}
