namespace ClosureScan.Analysis.Graph;

/// <summary>What each of several groups of references would free, each group taken out as a whole and the others left in. Immutable.</summary>
/// <remarks>
/// A group frees a node when every chain from a root to the node passes one of its references. So a node is held by the groups that all its chains share: by
/// those of the node before it and of the reference between them, intersected over all nodes before it. Only what leaves when all groups are taken out can be
/// held by one. One pass forward answers for all groups, and a few more where references run in circles: O(n + e) sets, of one group nearly always.
/// </remarks>
internal sealed class GroupedEdits
{
    private const int NoGroup = -1;

    private static readonly int[] Nobody = [];

    private readonly ClosureGraph _graph;
    private readonly WhatIf _withoutAll;
    private readonly int[] _groupOfEdge;
    private readonly int[][] _alone;
    private readonly int[]?[] _holders;
    private readonly long[] _freedBytes;

    private GroupedEdits(ClosureGraph graph, IReadOnlyList<int[]> groups, WhatIf withoutAll)
    {
        _graph = graph;
        _withoutAll = withoutAll;
        _groupOfEdge = new int[graph.EdgeCount];
        Array.Fill(_groupOfEdge, NoGroup);
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int edge in groups[group])
            {
                _groupOfEdge[edge] = group;
            }
        }

        _alone = [.. Enumerable.Range(0, groups.Count).Select(group => new[] { group })];
        _holders = new int[graph.NodeCount][];
        int[] order = ForwardOrder(out bool hasCircles);
        while (Spread(order) && hasCircles)
        {
        }

        _freedBytes = new long[groups.Count];
        foreach (int node in order)
        {
            foreach (int group in _holders[node] ?? Nobody)
            {
                _freedBytes[group] += graph.NarSize(node);
            }
        }
    }

    /// <summary>Computes it.</summary>
    /// <param name="graph">The closure.</param>
    /// <param name="groups">The references of each group; no reference is in two.</param>
    /// <param name="withoutAll">The closure without the references of all groups.</param>
    public static GroupedEdits Compute(ClosureGraph graph, IReadOnlyList<int[]> groups, WhatIf withoutAll) => new(graph, groups, withoutAll);

    /// <summary>The bytes that leave the closure when a group is taken out. O(1).</summary>
    public long FreedBytes(int group) => _freedBytes[group];

    /// <summary>What leaves with all groups, each node behind those that refer to it; what is left of circles comes last.</summary>
    private int[] ForwardOrder(out bool hasCircles)
    {
        int[] waiting = new int[_graph.NodeCount];
        int[] all = [.. Enumerable.Range(0, _graph.NodeCount).Where(_withoutAll.IsFreed)];
        Queue<int> ready = new();
        foreach (int node in all)
        {
            foreach (int predecessor in _graph.Predecessors(node))
            {
                waiting[node] += _withoutAll.IsFreed(predecessor) ? 1 : 0;
            }

            if (waiting[node] == 0)
            {
                ready.Enqueue(node);
            }
        }

        List<int> sorted = new(all.Length);
        while (ready.TryDequeue(out int node))
        {
            sorted.Add(node);
            foreach (int successor in _graph.Successors(node))
            {
                if (_withoutAll.IsFreed(successor) && --waiting[successor] == 0)
                {
                    ready.Enqueue(successor);
                }
            }
        }

        hasCircles = sorted.Count < all.Length;
        sorted.AddRange(all.Where(node => waiting[node] > 0));
        return [.. sorted];
    }

    /// <summary>Goes over the nodes once; whether anything was learnt.</summary>
    private bool Spread(int[] order)
    {
        bool isChanged = false;
        foreach (int node in order)
        {
            if (HoldersOf(node) is { } holders && holders.Length != _holders[node]?.Length)
            {
                _holders[node] = holders;
                isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>The groups that all known chains to a node share, ascending; null when none is known yet.</summary>
    private int[]? HoldersOf(int node)
    {
        int[]? shared = null;
        ReadOnlySpan<int> predecessors = _graph.Predecessors(node);
        ReadOnlySpan<int> edges = _graph.IncomingEdges(node);
        for (int index = 0; index < predecessors.Length && shared is not []; index++)
        {
            int predecessor = predecessors[index];
            int[]? before = _withoutAll.IsFreed(predecessor) ? _holders[predecessor] : _withoutAll.IsReachable(predecessor) ? Nobody : null;
            if (before is not null)
            {
                int[] through = With(before, _groupOfEdge[edges[index]]);
                shared = shared is null ? through : Intersect(shared, through);
            }
        }

        return shared;
    }

    private int[] With(int[] groups, int group) =>
        group == NoGroup || Array.BinarySearch(groups, group) >= 0 ? groups : groups.Length == 0 ? _alone[group] : [.. groups.Append(group).Order()];

    private static int[] Intersect(int[] one, int[] other) =>
        one == other ? one : one.Length == 1 && other.Length == 1 ? one[0] == other[0] ? one : Nobody : [.. one.Where(group => Array.BinarySearch(other, group) >= 0)];
}
