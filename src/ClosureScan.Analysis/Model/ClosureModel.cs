using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Model;

/// <summary>
/// A closure with all that is computed of it, each once and only when somebody asks: sizes, dominators, what single edits free, shortest
/// chains. Commands, rules and reports share one. May be shared between threads.
/// </summary>
public sealed class ClosureModel
{
    private readonly Lazy<DominatorTree> _dominators;
    private readonly Lazy<ClosureSizes> _sizes;
    private readonly Lazy<SingleEdits> _edits;
    private readonly Lazy<ShortestPaths> _chains;
    private readonly Lazy<long> _closureSize;
    private readonly ConcurrentDictionary<Type, Lazy<object>> _others = new();

    private ClosureModel(ScannedClosure closure, ClosureGraph graph, CancellationToken cancellationToken)
    {
        Closure = closure;
        Graph = graph;
        _dominators = new(() => DominatorTree.Compute(graph));
        _sizes = new(() => ClosureSizes.Compute(graph, _dominators.Value, cancellationToken));
        _edits = new(() => SingleEdits.Compute(graph, _dominators.Value));
        _chains = new(() => ShortestPaths.FromRoots(graph));
        _closureSize = new(() => SumReachable(graph, _chains.Value));
    }

    /// <summary>What was scanned.</summary>
    internal ScannedClosure Closure { get; }

    /// <summary>Its graph, by the references that the store registered; node i is path i of the closure.</summary>
    public ClosureGraph Graph { get; }

    /// <summary>Who holds what alone.</summary>
    internal DominatorTree Dominators => _dominators.Value;

    /// <summary>Self, added and closure size of every path: the most expensive of all, O(n · e) bits at worst.</summary>
    internal ClosureSizes Sizes => _sizes.Value;

    /// <summary>What every single edit frees.</summary>
    internal SingleEdits Edits => _edits.Value;

    /// <summary>A shortest chain to every path.</summary>
    internal ShortestPaths Chains => _chains.Value;

    /// <summary>The bytes of the whole closure.</summary>
    internal long ClosureSize => _closureSize.Value;

    /// <summary>Makes the model of a closure. O(n log n + e); nothing else is computed yet.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="cancellationToken">Stops computations that take long, whenever they are asked for.</param>
    /// <exception cref="ArgumentException">As for <see cref="ClosureGraph.Create(ScannedClosure)"/>.</exception>
    internal static ClosureModel Create(ScannedClosure closure, CancellationToken cancellationToken = default) =>
        new(closure, ClosureGraph.Create(closure), cancellationToken);

    /// <summary>What the bytes of a node told; null when they were not read.</summary>
    public PathScan? ScanOf(int node) => Closure.Paths[node].Scan;

    /// <summary>What the bytes say of an edge; null when they do not name it, or were not read. O(log references).</summary>
    public FoundReference? FindReference(int from, int to) => ScanOf(from)?.FindReference(Graph.Paths[to].Hash);

    /// <summary>The names along a shortest chain to a node, both ends included.</summary>
    public ImmutableArray<StorePath> ChainTo(int node) => [.. Chains.Chain(node).Select(link => Graph.Paths[link])];

    /// <summary>What another layer computes of the model, once for each type.</summary>
    internal T Once<T>(Func<ClosureModel, T> compute)
        where T : class => (T)_others.GetOrAdd(typeof(T), _ => new Lazy<object>(() => compute(this))).Value;

    private static long SumReachable(ClosureGraph graph, ShortestPaths chains)
    {
        long sum = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            sum += chains.IsReachable(node) ? graph.NarSize(node) : 0;
        }

        return sum;
    }
}
