using System.Collections.Immutable;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// Every way from the roots to some targets at once: the nodes and edges that lie on one chain or more. Listing the chains one by
/// one explodes (their number grows exponentially with depth); their union never has more edges than the graph. Immutable.
/// </summary>
/// <remarks>O(n + e): what the roots reach, met with what reaches a target.</remarks>
internal sealed class ChainSubgraph
{
    private readonly ClosureGraph _graph;
    private readonly int[] _fromRoots;
    private readonly int[] _toTargets;
    private readonly int[] _targets;

    private ChainSubgraph(ClosureGraph graph, int[] targets)
    {
        _graph = graph;
        _targets = targets;
        ShortestPaths paths = ShortestPaths.FromRoots(graph);
        _fromRoots = new int[graph.NodeCount];
        for (int node = 0; node < _fromRoots.Length; node++)
        {
            _fromRoots[node] = paths.Distance(node);
        }

        _toTargets = Reachability.DistancesTo(graph, targets);
        Nodes = [.. Enumerable.Range(0, graph.NodeCount).Where(Contains)];
        Edges = RankEdges();
    }

    /// <summary>The nodes on some chain, ascending.</summary>
    public ImmutableArray<int> Nodes { get; }

    /// <summary>The edges on some chain: those of the shortest chains first, by <see cref="LengthThrough"/>, then by number.</summary>
    public ImmutableArray<int> Edges { get; }

    /// <summary>Finds the ways to <paramref name="targets"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A target is no node.</exception>
    public static ChainSubgraph Compute(ClosureGraph graph, ReadOnlySpan<int> targets)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (int target in targets)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)graph.NodeCount, nameof(targets));
        }

        return new ChainSubgraph(graph, [.. new SortedSet<int>(targets.ToArray())]);
    }

    /// <summary>Whether the node is on some chain. O(1).</summary>
    public bool Contains(int node) => _fromRoots[node] >= 0 && _toTargets[node] >= 0;

    /// <summary>The references on a shortest chain through the edge; -1 when no chain has it. O(log n).</summary>
    public int LengthThrough(int edge)
    {
        int source = _graph.EdgeSource(edge);
        int target = _graph.EdgeTarget(edge);
        return Contains(source) && Contains(target) ? _fromRoots[source] + 1 + _toTargets[target] : -1;
    }

    /// <summary>
    /// How many different chains lead from a root to a target: null when there is no end of them, because a cycle lies on the
    /// way; <see cref="ulong.MaxValue"/> when there are that many or more. O(n + e).
    /// </summary>
    public ulong? CountChains()
    {
        int[] waiting = new int[_graph.NodeCount];
        foreach (int edge in Edges)
        {
            waiting[_graph.EdgeTarget(edge)]++;
        }

        ulong[] counts = new ulong[_graph.NodeCount];
        foreach (int root in _graph.Roots)
        {
            counts[root] = 1;
        }

        var ready = new Stack<int>(Nodes.Where(node => waiting[node] == 0));
        int done = 0;
        while (ready.TryPop(out int node))
        {
            done++;
            foreach (int successor in _graph.Successors(node))
            {
                if (Contains(successor))
                {
                    counts[successor] = SaturatingAdd(counts[successor], counts[node]);
                    if (--waiting[successor] == 0)
                    {
                        ready.Push(successor);
                    }
                }
            }
        }

        if (done < Nodes.Length)
        {
            return null;
        }

        ulong sum = 0;
        foreach (int target in _targets)
        {
            sum = Contains(target) ? SaturatingAdd(sum, counts[target]) : sum;
        }

        return sum;
    }

    private static ulong SaturatingAdd(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private ImmutableArray<int> RankEdges()
    {
        List<int> edges = [];
        List<int> lengths = [];
        int longest = 0;
        foreach (int source in Nodes)
        {
            ReadOnlySpan<int> successors = _graph.Successors(source);
            for (int index = 0; index < successors.Length; index++)
            {
                if (Contains(successors[index]))
                {
                    int length = _fromRoots[source] + 1 + _toTargets[successors[index]];
                    edges.Add(_graph.FirstEdge(source) + index);
                    lengths.Add(length);
                    longest = Math.Max(longest, length);
                }
            }
        }

        return [.. SparseRows.Group(longest + 1, [.. lengths], [.. edges]).Columns];
    }
}
