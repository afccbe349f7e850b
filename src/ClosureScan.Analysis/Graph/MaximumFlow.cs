namespace ClosureScan.Analysis.Graph;

/// <summary>
/// A maximum flow from the roots to the targets, over the rows of the graph as they are; the minimum cuts are read off it.
/// </summary>
/// <remarks>
/// Dinic (Algorithm for solution of a problem of maximum flow in networks with power estimation, 1970): in each phase, distances
/// to the targets by a backward walk, then flow along falling distances until nothing more fits; explicit stack. Only nodes that
/// lie on some chain take part. A root has flow without end, so no walk goes on behind a root. A phase is O(e) in practice and
/// closures need about as many phases as their longest detour. Not QuikGraph's EdmondsKarp: see benchmarks/results/graph.md.
/// </remarks>
internal sealed class MaximumFlow
{
    private const int None = -1;

    private readonly ClosureGraph _graph;
    private readonly int[] _weights;
    private readonly long[] _flow;
    private readonly bool[] _active;
    private readonly bool[] _isRoot;
    private readonly bool[] _isTarget;
    private readonly int[] _targets;
    private readonly int[] _levels;
    private readonly int[] _queue;
    private readonly int[] _next;

    /// <param name="graph">The closure.</param>
    /// <param name="weights">What each edge lets through; <see cref="MinimumCut.Uncuttable"/>: without end.</param>
    /// <param name="targets">Not empty, each once; no chain to them consists of uncuttable edges alone.</param>
    /// <param name="active">The nodes that lie on some chain.</param>
    internal MaximumFlow(ClosureGraph graph, int[] weights, int[] targets, bool[] active)
    {
        _graph = graph;
        _weights = weights;
        _targets = targets;
        _active = active;
        _flow = new long[graph.EdgeCount];
        _isRoot = Reachability.Flags(graph.NodeCount, graph.Roots, nameof(graph));
        _isTarget = Reachability.Flags(graph.NodeCount, targets, nameof(targets));
        _levels = new int[graph.NodeCount];
        _queue = new int[graph.NodeCount];
        _next = new int[graph.NodeCount];
        while (FindLevels())
        {
            Array.Clear(_next);
            foreach (int root in graph.Roots)
            {
                if (_levels[root] >= 0)
                {
                    Push(root);
                }
            }
        }
    }

    /// <summary>The nodes that the roots still reach in the rest of the network: the side of the roots in the cut nearest to them.</summary>
    internal bool[] RootSide()
    {
        bool[] side = new bool[_graph.NodeCount];
        int depth = 0;
        foreach (int root in _graph.Roots)
        {
            if (_active[root])
            {
                side[root] = true;
                _queue[depth++] = root;
            }
        }

        while (depth > 0)
        {
            int node = _queue[--depth];
            int arcs = ArcCount(node);
            for (int arc = 0; arc < arcs; arc++)
            {
                int other = Follow(node, arc, out long room);
                if (room > 0 && _active[other] && !side[other])
                {
                    side[other] = true;
                    _queue[depth++] = other;
                }
            }
        }

        return side;
    }

    /// <summary>The nodes that reach no target in the rest of the network: the side of the roots in the cut nearest to the targets.</summary>
    internal bool[] NotTargetSide()
    {
        FindLevels();
        bool[] side = new bool[_graph.NodeCount];
        for (int node = 0; node < side.Length; node++)
        {
            side[node] = _active[node] && _levels[node] < 0;
        }

        return side;
    }

    /// <summary>Distances to the targets in the rest of the network, -1 beyond; false when no root has one.</summary>
    private bool FindLevels()
    {
        Array.Fill(_levels, None);
        int written = 0;
        bool found = false;
        foreach (int target in _targets)
        {
            if (_active[target])
            {
                _levels[target] = 0;
                _queue[written++] = target;
            }
        }

        for (int read = 0; read < written; read++)
        {
            int node = _queue[read];
            if (_isRoot[node])
            {
                found = true;
                continue;
            }

            ReadOnlySpan<int> predecessors = _graph.Predecessors(node);
            ReadOnlySpan<int> incoming = _graph.IncomingEdges(node);
            for (int index = 0; index < predecessors.Length; index++)
            {
                int predecessor = predecessors[index];
                if (_levels[predecessor] < 0 && _active[predecessor] && Room(incoming[index]) > 0)
                {
                    _levels[predecessor] = _levels[node] + 1;
                    _queue[written++] = predecessor;
                }
            }

            ReadOnlySpan<int> successors = _graph.Successors(node);
            int edge = _graph.FirstEdge(node);
            for (int index = 0; index < successors.Length; index++)
            {
                int successor = successors[index];
                if (_levels[successor] < 0 && _flow[edge + index] > 0)
                {
                    _levels[successor] = _levels[node] + 1;
                    _queue[written++] = successor;
                }
            }
        }

        return found;
    }

    /// <summary>Sends all it can from one root along falling levels. The queue serves as the stack of the walk.</summary>
    private void Push(int root)
    {
        int[] path = _queue;
        int depth = 0;
        path[depth++] = root;
        while (depth > 0)
        {
            int node = path[depth - 1];
            if (_isTarget[node])
            {
                depth = Augment(path, depth) + 1;
                continue;
            }

            int arcs = ArcCount(node);
            int arc = _next[node];
            int step = None;
            for (; arc < arcs && step == None; arc++)
            {
                int other = Follow(node, arc, out long room);
                if (room > 0 && _levels[other] == _levels[node] - 1)
                {
                    step = other;
                }
            }

            if (step != None)
            {
                _next[node] = arc - 1;
                path[depth++] = step;
            }
            else
            {
                _next[node] = arcs;
                _levels[node] = None;
                depth--;
                if (depth > 0)
                {
                    _next[path[depth - 1]]++;
                }
            }
        }
    }

    /// <summary>Fills the path as far as its narrowest arc lets; gives the index of the node before the first arc that is full.</summary>
    private int Augment(int[] path, int depth)
    {
        long amount = long.MaxValue;
        for (int index = 0; index < depth - 1; index++)
        {
            Follow(path[index], _next[path[index]], out long room);
            amount = Math.Min(amount, room);
        }

        int firstFull = depth - 2;
        for (int index = depth - 2; index >= 0; index--)
        {
            int node = path[index];
            int arc = _next[node];
            int forward = _graph.Successors(node).Length;
            if (arc < forward)
            {
                _flow[_graph.FirstEdge(node) + arc] += amount;
            }
            else
            {
                _flow[_graph.IncomingEdges(node)[arc - forward]] -= amount;
            }

            Follow(node, arc, out long room);
            firstFull = room == 0 ? index : firstFull;
        }

        return firstFull;
    }

    /// <summary>A node's arcs are its edges, then its incoming edges, over which flow can be taken back.</summary>
    private int ArcCount(int node) => _graph.Successors(node).Length + _graph.Predecessors(node).Length;

    private int Follow(int node, int arc, out long room)
    {
        ReadOnlySpan<int> successors = _graph.Successors(node);
        if (arc < successors.Length)
        {
            room = Room(_graph.FirstEdge(node) + arc);
            return successors[arc];
        }

        arc -= successors.Length;
        room = _flow[_graph.IncomingEdges(node)[arc]];
        return _graph.Predecessors(node)[arc];
    }

    private long Room(int edge) => _weights[edge] == MinimumCut.Uncuttable ? long.MaxValue : _weights[edge] - _flow[edge];
}
