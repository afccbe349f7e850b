namespace ClosureScan.Analysis.Graph;

/// <summary>
/// What leaves the closure together with each of many small sets of nodes: more than the sum of their added sizes where two of a set
/// hold the same thing, less where one holds the other. A dominator tree answers for single nodes only.
/// </summary>
/// <remarks>
/// What all of whose referrers leave, leaves: without cycles that is all there is to it, and a set costs no more than the references out of
/// what leaves with it. A cycle counts as one node, held by what refers to it from outside. Only a set that takes a part out of a cycle is
/// walked without; Nix makes none, but see <see cref="Condensation"/>.
/// </remarks>
internal sealed class JointAddedSizes
{
    private readonly ClosureGraph _graph;
    private readonly int[] _components;
    private readonly SparseRows _members;

    /// <summary>For each component the roots in it and the references to it from others that the roots reach.</summary>
    private readonly int[] _holders;

    /// <summary>How many of those have left with the set at hand.</summary>
    private readonly int[] _leftHolders;
    private readonly bool[] _hasLeft;
    private readonly List<int> _touched = [];
    private readonly Stack<int> _leaving = new();

    private JointAddedSizes(ClosureGraph graph)
    {
        _graph = graph;
        Condensation condensation = Condensation.Compute(graph);
        _components = condensation.Components;
        int[] nodes = new int[graph.NodeCount];
        for (int node = 0; node < nodes.Length; node++)
        {
            nodes[node] = node;
        }

        _members = SparseRows.Group(condensation.Count, _components, nodes);
        _holders = CountHolders(condensation.Count);
        _leftHolders = new int[condensation.Count];
        _hasLeft = new bool[condensation.Count];
    }

    /// <summary>The bytes that leave with each set, in the order of the sets.</summary>
    public static long[] Compute(ClosureGraph graph, IReadOnlyList<int[]> sets, CancellationToken cancellationToken = default)
    {
        JointAddedSizes sizes = new(graph);
        long[] bytes = new long[sets.Count];
        for (int index = 0; index < bytes.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bytes[index] = Array.Exists(sets[index], sizes.IsInCycle) ? WhatIf.Without(graph, sets[index], []).FreedBytes : sizes.Remove(sets[index]);
        }

        return bytes;
    }

    private int[] CountHolders(int count)
    {
        int[] holders = new int[count];
        bool[] reached = Reachability.From(_graph, _graph.Roots);
        foreach (int root in _graph.Roots)
        {
            holders[_components[root]]++;
        }

        for (int node = 0; node < reached.Length; node++)
        {
            foreach (int successor in reached[node] ? _graph.Successors(node) : [])
            {
                holders[_components[successor]] += _components[successor] != _components[node] ? 1 : 0;
            }
        }

        return holders;
    }

    private bool IsInCycle(int node) => _members[_components[node]].Length > 1;

    private long Remove(int[] set)
    {
        foreach (int node in set)
        {
            Leave(_components[node]);
        }

        long bytes = 0;
        while (_leaving.TryPop(out int component))
        {
            foreach (int member in _members[component])
            {
                bytes += _graph.NarSize(member);
                foreach (int successor in _graph.Successors(member))
                {
                    Release(component, _components[successor]);
                }
            }
        }

        foreach (int component in _touched)
        {
            _leftHolders[component] = 0;
            _hasLeft[component] = false;
        }

        _touched.Clear();
        return bytes;
    }

    private void Release(int from, int component)
    {
        if (from != component)
        {
            _touched.Add(component);
            if (++_leftHolders[component] == _holders[component])
            {
                Leave(component);
            }
        }
    }

    /// <summary>Notes that a component leaves, once; what the roots do not reach has no holders, and cannot.</summary>
    private void Leave(int component)
    {
        if (!_hasLeft[component] && _holders[component] > 0)
        {
            _hasLeft[component] = true;
            _touched.Add(component);
            _leaving.Push(component);
        }
    }
}
