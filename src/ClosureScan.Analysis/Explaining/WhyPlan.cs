using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// The first half of the answer to why a closure has some paths: which references matter, from the graph alone. It names the paths whose
/// contents prove them, so that nothing else of the closure needs to be read or fetched. Immutable.
/// </summary>
internal sealed class WhyPlan
{
    private readonly ClosureGraph _graph;
    private readonly WhyScope _scope;
    private readonly int[] _targets;
    private readonly ChainSubgraph _chains;
    private readonly ImmutableArray<ImmutableArray<int>> _shortest;
    private readonly ImmutableArray<int> _edges;
    private readonly int _edgeCount;

    private WhyPlan(ClosureGraph graph, int[] targets, WhyScope scope, int limit, int chains)
    {
        _graph = graph;
        _scope = scope;
        _targets = targets;
        _chains = ChainSubgraph.Compute(graph, targets);
        _shortest = scope == WhyScope.Shortest ? ShortestChains(limit, chains) : [];
        ImmutableArray<int> edges = scope switch
        {
            WhyScope.AllChains => _chains.Edges,
            WhyScope.Referrers => [.. _chains.Edges.Where(edge => Array.BinarySearch(targets, graph.EdgeTarget(edge)) >= 0)],
            _ => [],
        };
        _edgeCount = edges.Length;
        _edges = [.. edges.Take(limit)];
        Sources = scope == WhyScope.Shortest
            ? [.. _shortest.SelectMany(chain => chain[..^1]).Distinct().Order().Select(node => graph.Paths[node])]
            : [.. _edges.Select(graph.EdgeSource).Distinct().Order().Select(node => graph.Paths[node])];
    }

    /// <summary>The paths whose contents hold the references, sorted: what has to be read before <see cref="Explain(ScannedClosure)"/>.</summary>
    public ImmutableArray<StorePath> Sources { get; }

    /// <summary>Makes the plan. O(n + e).</summary>
    /// <param name="graph">The closure.</param>
    /// <param name="targets">The paths asked about.</param>
    /// <param name="scope">How much is explained.</param>
    /// <param name="limit">The most chains, or references, that are explained: at least 1. Counts are exact whatever it is.</param>
    /// <param name="chains">With <see cref="WhyScope.Shortest"/>: the most chains to one target, at least 1.</param>
    /// <exception cref="ArgumentException">A target is not in the closure, or there is none.</exception>
    public static WhyPlan Create(ClosureGraph graph, IEnumerable<StorePath> targets, WhyScope scope, int limit, int chains = 1)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        SortedSet<int> nodes = [];
        foreach (StorePath target in targets)
        {
            nodes.Add(graph.TryGetNode(target, out int node) ? node : throw new ArgumentException($"{target} is not in the closure.", nameof(targets)));
        }

        return nodes.Count > 0 ? new WhyPlan(graph, [.. nodes], scope, limit, chains) : throw new ArgumentException("There is no target.", nameof(targets));
    }

    /// <summary>Joins the plan with what the bytes say.</summary>
    /// <param name="closure">The closure of the graph, with the contents of <see cref="Sources"/>.</param>
    public WhyReport Explain(ScannedClosure closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        return Explain(closure, new KnownReferences(closure));
    }

    /// <summary>Joins the plan with what a report says, scanned or saved.</summary>
    /// <param name="report">The report on the closure of the graph.</param>
    public WhyReport Explain(ClosureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Explain(report.Closure, new KnownReferences(report)) with { IsSaved = report.IsSaved };
    }

    private WhyReport Explain(ScannedClosure closure, KnownReferences known)
    {
        return new WhyReport
        {
            Scope = _scope,
            Closure = closure,
            Targets = [.. _targets.Select(node => _graph.Paths[node])],
            Chains = [.. _shortest.Select(chain => new ExplainedChain(_graph.Paths[chain[^1]], [.. Links(chain).Select(edge => Describe(edge, known))]))],
            References = [.. _edges.Select(edge => Describe(edge, known))],
            ReferenceCount = _scope == WhyScope.Shortest ? _chains.Edges.Length : _edgeCount,
            PathCount = _chains.Nodes.Length,
            ChainCount = _chains.CountChains(),
        };
    }

    private ImmutableArray<ImmutableArray<int>> ShortestChains(int limit, int count)
    {
        ShortestPaths paths = ShortestPaths.FromRoots(_graph);
        return [.. _targets.Where(paths.IsReachable).OrderBy(paths.Distance).ThenBy(node => node).Take(limit).SelectMany(target => count == 1 ? [paths.Chain(target)] : RankedChains.Find(_graph, target, count))];
    }

    private IEnumerable<int> Links(ImmutableArray<int> chain) =>
        Enumerable.Range(0, chain.Length - 1).Select(index => _graph.FindEdge(chain[index], chain[index + 1]));

    private ExplainedReference Describe(int edge, KnownReferences known)
    {
        StorePath from = _graph.Paths[_graph.EdgeSource(edge)];
        StorePath to = _graph.Paths[_graph.EdgeTarget(edge)];
        FoundReference? found = known.Find(from, to);
        return new ExplainedReference
        {
            From = from,
            To = to,
            ChainLength = _chains.LengthThrough(edge),
            WasRead = known.IsKnown(from, to),
            FileCount = found?.FileCount ?? 0,
            Count = found?.Count ?? 0,
            Evidence = found?.Evidence ?? [],
        };
    }
}
