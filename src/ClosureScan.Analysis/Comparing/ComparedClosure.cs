using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>One of the two closures of a <see cref="ClosureComparison"/>: what a store tells of its paths, and the store that has their bytes. Immutable.</summary>
public sealed record ComparedClosure
{
    /// <summary>The store that the paths are read from; null for a closure of which only its classes are known.</summary>
    public IStore? Store { get; init; }

    /// <summary>What to call it in reports: the store's URI.</summary>
    public string Location { get; init; } = "";

    /// <summary>The classes that a manifest told; none for a closure that is read.</summary>
    internal ImmutableArray<PathClass> Classes { get; init; } = [];

    /// <summary>The paths the closure was asked for.</summary>
    public required ImmutableArray<StorePath> Roots { get; init; }

    /// <summary>Every path of the closure with its references, in any order.</summary>
    public required ImmutableArray<PathInfo> Paths { get; init; }

    /// <summary>What kept the closure from being known whole.</summary>
    public ImmutableArray<ScanProblem> Problems { get; init; } = [];

    /// <summary>A closure that was scanned for its metadata, and is to be read from <paramref name="store"/>.</summary>
    public static ComparedClosure Of(IStore store, ScannedClosure closure)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(closure);
        return new ComparedClosure { Store = store, Location = store.Location, Roots = closure.Roots, Paths = [.. closure.Paths.Select(path => path.Info)], Problems = closure.Problems };
    }
}
