namespace ClosureScan.Analysis.Graph;

/// <summary>
/// The order in which a depth-first walk from the virtual root enters the nodes, with its tree. Place 0 is the virtual root.
/// </summary>
internal sealed class DepthFirstOrder
{
    private DepthFirstOrder(int nodeCount)
    {
        Nodes = new int[nodeCount + 1];
        Parents = new int[nodeCount + 1];
        Places = new int[nodeCount];
        Nodes[0] = DominatorTree.VirtualRoot;
    }

    /// <summary>How many nodes were entered, the virtual root not counted.</summary>
    internal int Count { get; private set; }

    /// <summary>The node at each place 1 … <see cref="Count"/>.</summary>
    internal int[] Nodes { get; }

    /// <summary>The place from which each place was entered.</summary>
    internal int[] Parents { get; }

    /// <summary>The place of each node; 0 when the walk did not come to it.</summary>
    internal int[] Places { get; }

    internal static DepthFirstOrder FromRoots(ClosureGraph graph)
    {
        var order = new DepthFirstOrder(graph.NodeCount);
        int[] next = new int[graph.NodeCount];
        int[] stack = new int[graph.NodeCount];
        foreach (int root in graph.Roots)
        {
            if (order.Places[root] == 0)
            {
                order.Enter(root, 0);
                stack[0] = root;
                order.Walk(graph, stack, next);
            }
        }

        return order;
    }

    private void Walk(ClosureGraph graph, int[] stack, int[] next)
    {
        int depth = 1;
        while (depth > 0)
        {
            int node = stack[depth - 1];
            ReadOnlySpan<int> successors = graph.Successors(node);
            int index = next[node];
            while (index < successors.Length && Places[successors[index]] != 0)
            {
                index++;
            }

            next[node] = index + 1;
            if (index < successors.Length)
            {
                Enter(successors[index], Places[node]);
                stack[depth++] = successors[index];
            }
            else
            {
                depth--;
            }
        }
    }

    private void Enter(int node, int parent)
    {
        Places[node] = ++Count;
        Nodes[Count] = node;
        Parents[Count] = parent;
    }
}
