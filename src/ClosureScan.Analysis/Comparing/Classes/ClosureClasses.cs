using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>
/// The manifest of a comparison: the class of every path of both closures, with the algorithm that made it. Either side of it stands for its
/// closure in a later comparison. Nothing is signed, and no store is changed. Immutable.
/// </summary>
internal sealed record ClosureClasses
{
    /// <summary>How the classes were made.</summary>
    public required ClassAlgorithm Algorithm { get; init; }

    /// <summary>The cross-built closure.</summary>
    public required ComparedClosure Cross { get; init; }

    /// <summary>The native closure.</summary>
    public required ComparedClosure Native { get; init; }

    /// <summary>Finds the classes of both closures of a comparison. Each closure that has a store is read once more.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="cancellationToken">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">A path cannot be read.</exception>
    public static async Task<ClosureClasses> FindAsync(
        ClosureComparison comparison, ClassAlgorithm algorithm = ClassAlgorithm.NarModuloWithPositions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Dictionary<StorePath, PathPair> cross = comparison.Pairs.ToDictionary(pair => pair.Cross);
        Dictionary<StorePath, PathPair> native = comparison.Pairs.ToDictionary(pair => pair.Native);
        return new ClosureClasses
        {
            Algorithm = algorithm,
            Cross = await FindAsync(comparison.Cross, algorithm, cross, pair => pair.Native, comparison.CrossFingerprints, cancellationToken).ConfigureAwait(false),
            Native = await FindAsync(comparison.Native, algorithm, native, pair => pair.Cross, comparison.NativeFingerprints, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<ComparedClosure> FindAsync(
        ComparedClosure side,
        ClassAlgorithm algorithm,
        Dictionary<StorePath, PathPair> pairs,
        Func<PathPair, StorePath> counterpart,
        IReadOnlyDictionary<StorePath, PathFingerprint> fingerprints,
        CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<StorePath, StorePath> classes = side.Store is null
            ? side.Classes.ToDictionary(item => item.Info.Path, item => item.Class)
            : await ClassFinder.FindAsync(side, algorithm, cancellationToken).ConfigureAwait(false);
        ImmutableArray<PathClass> found =
        [
            .. from info in side.Paths.OrderBy(info => info.Path)
               let pair = pairs.GetValueOrDefault(info.Path)
               select new PathClass
               {
                   Info = info,
                   Class = classes[info.Path],
                   Level = pair?.Level,
                   Counterpart = pair is null ? null : counterpart(pair),
                   Masks = pair?.Masks ?? [],
                   Fingerprint = fingerprints.GetValueOrDefault(info.Path),
               },
        ];
        return side with { Store = null, Classes = found };
    }
}
