using System.Collections.Immutable;

namespace ClosureScan.Analysis.Graph;

/// <summary>What each single edit would free: one path dropped, or one reference. Immutable.</summary>
/// <remarks>
/// Removing the edge u → v frees something only if no other chain comes to v. Chains that come back to v from what v dominates
/// pass v first and do not count; so it frees v's dominator subtree when u → v is v's only edge from outside that subtree and v
/// is no root, and nothing otherwise. One look at each edge answers for all of them: O(n + e).
/// </remarks>
internal sealed class SingleEdits
{
    private const int None = -1;

    private readonly ClosureGraph _graph;
    private readonly DominatorTree _dominators;
    private readonly int[] _onlyEdgeTo;

    private SingleEdits(ClosureGraph graph, DominatorTree dominators, int[] onlyEdgeTo)
    {
        _graph = graph;
        _dominators = dominators;
        _onlyEdgeTo = onlyEdgeTo;
    }

    /// <summary>Looks at every edge once.</summary>
    /// <param name="graph">The closure.</param>
    /// <param name="dominators">The dominator tree of the same graph.</param>
    public static SingleEdits Compute(ClosureGraph graph, DominatorTree dominators)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(dominators);
        int[] onlyEdgeTo = new int[graph.NodeCount];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            onlyEdgeTo[node] = OnlyEdgeTo(graph, dominators, node);
        }

        foreach (int root in graph.Roots)
        {
            onlyEdgeTo[root] = None;
        }

        return new SingleEdits(graph, dominators, onlyEdgeTo);
    }

    /// <summary>The bytes that leave the closure when this reference alone goes. O(1).</summary>
    public long FreedByEdge(int edge)
    {
        int target = _graph.EdgeTarget(edge);
        return _onlyEdgeTo[target] == edge ? _dominators.RetainedSize(target) : 0;
    }

    /// <summary>The bytes that leave the closure when this path goes: its added size. O(1).</summary>
    public long FreedByNode(int node) => _dominators.RetainedSize(node);

    /// <summary>
    /// Up to <paramref name="count"/> nodes that free the most, most first, by number among equals; without roots, and without
    /// nodes that free nothing. O(n log n).
    /// </summary>
    /// <param name="count">The most nodes.</param>
    /// <param name="isMeant">Which nodes are asked about; null for all.</param>
    public ImmutableArray<int> BestNodes(int count, Func<int, bool>? isMeant = null)
    {
        HashSet<int> roots = [.. _graph.Roots];
        return [.. Enumerable.Range(0, _graph.NodeCount)
            .Where(node => FreedByNode(node) > 0 && !roots.Contains(node) && isMeant?.Invoke(node) != false)
            .OrderByDescending(FreedByNode)
            .Take(count)];
    }

    /// <summary>
    /// Up to <paramref name="count"/> edges that free the most, most first, by number among equals; without those that free
    /// nothing. O(n log n).
    /// </summary>
    /// <param name="count">The most edges.</param>
    /// <param name="isMeant">Which edges are asked about; null for all.</param>
    public ImmutableArray<int> BestEdges(int count, Func<int, bool>? isMeant = null) =>
        [.. _onlyEdgeTo.Where(edge => edge != None && FreedByEdge(edge) > 0 && isMeant?.Invoke(edge) != false).OrderByDescending(FreedByEdge).ThenBy(edge => edge).Take(count)];

    private static int OnlyEdgeTo(ClosureGraph graph, DominatorTree dominators, int node)
    {
        int only = None;
        ReadOnlySpan<int> predecessors = graph.Predecessors(node);
        for (int index = 0; index < predecessors.Length; index++)
        {
            int predecessor = predecessors[index];
            if (dominators.IsReachable(predecessor) && !dominators.Dominates(node, predecessor))
            {
                if (only != None)
                {
                    return None;
                }

                only = graph.IncomingEdges(node)[index];
            }
        }

        return only;
    }
}
