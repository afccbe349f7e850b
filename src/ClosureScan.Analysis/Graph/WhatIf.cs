namespace ClosureScan.Analysis.Graph;

/// <summary>
/// The closure as it would be without some paths and references: what stays, what is freed. Immutable; the graph itself is not changed.
/// </summary>
/// <remarks>
/// This walks again and trusts no dominator tree or flow, so it also serves to check them. O(n + e), a byte a node and an edge.
/// </remarks>
internal sealed class WhatIf
{
    private readonly ClosureGraph _graph;
    private readonly bool[] _withoutNodes;
    private readonly bool[] _withoutEdges;
    private readonly bool[] _before;
    private readonly bool[] _after;

    private WhatIf(ClosureGraph graph, bool[] withoutNodes, bool[] withoutEdges)
    {
        _graph = graph;
        _withoutNodes = withoutNodes;
        _withoutEdges = withoutEdges;
        _before = Reachability.From(graph, graph.Roots);
        _after = Reachability.From(graph, graph.Roots, withoutNodes, withoutEdges);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (_after[node])
            {
                ClosureSize += graph.NarSize(node);
                ClosureCount++;
            }
            else if (_before[node])
            {
                FreedBytes += graph.NarSize(node);
                FreedCount++;
            }
        }
    }

    /// <summary>The size of what the roots still reach, in bytes.</summary>
    public long ClosureSize { get; }

    /// <summary>The paths that the roots still reach.</summary>
    public int ClosureCount { get; }

    /// <summary>The size of what the roots reached before and reach no more, in bytes.</summary>
    public long FreedBytes { get; }

    /// <summary>The paths that the roots reached before and reach no more.</summary>
    public int FreedCount { get; }

    /// <summary>Takes out nodes, with every edge at them, and single edges. A root that is taken out is a root no more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no node or edge of the graph.</exception>
    public static WhatIf Without(ClosureGraph graph, ReadOnlySpan<int> nodes, ReadOnlySpan<int> edges)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new WhatIf(
            graph,
            Reachability.Flags(graph.NodeCount, nodes, nameof(nodes)),
            Reachability.Flags(graph.EdgeCount, edges, nameof(edges)));
    }

    /// <summary>Whether the roots still reach the node. O(1).</summary>
    public bool IsReachable(int node) => _after[node];

    /// <summary>Whether the roots reached the node before and reach it no more. O(1).</summary>
    public bool IsFreed(int node) => _before[node] && !_after[node];

    /// <summary>
    /// The changed graph, for every further question (sizes, chains, cuts). Nodes keep their numbers; one that was taken out
    /// keeps its size too, but has no edges and is no root. Edges are numbered anew. O(n + e).
    /// </summary>
    public ClosureGraph ToGraph()
    {
        int[] starts = new int[_graph.NodeCount + 1];
        int[] columns = new int[_graph.EdgeCount];
        int kept = 0;
        for (int node = 0; node < _graph.NodeCount; node++)
        {
            ReadOnlySpan<int> successors = _withoutNodes[node] ? [] : _graph.Successors(node);
            int edge = _graph.FirstEdge(node);
            for (int index = 0; index < successors.Length; index++)
            {
                if (!_withoutEdges[edge + index] && !_withoutNodes[successors[index]])
                {
                    columns[kept++] = successors[index];
                }
            }

            starts[node + 1] = kept;
        }

        int[] roots = Array.FindAll(_graph.Roots.ToArray(), root => !_withoutNodes[root]);
        return new ClosureGraph(new SparseRows(starts, columns[..kept]), _graph.NarSizes.ToArray(), _graph.SelfReferences, roots)
        {
            Paths = _graph.Paths,
            MissingReferences = _graph.MissingReferences,
            NodesWithoutSize = _graph.NodesWithoutSize,
        };
    }
}
