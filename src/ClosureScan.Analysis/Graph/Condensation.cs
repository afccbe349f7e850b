namespace ClosureScan.Analysis.Graph;

/// <summary>
/// The graph with every cycle drawn together into one component. Components are numbered so that a component refers only to
/// smaller numbers. Nix refuses cycles between paths, but path-info files and export streams can claim them.
/// </summary>
/// <remarks>
/// Tarjan (Depth-first search and linear graph algorithms, 1972) with explicit stacks. Not QuikGraph's
/// StronglyConnectedComponentsAlgorithm: 120 to 145 ms on these rows where this takes 9 ms (100,000 paths, 1.2 million
/// references), and its numbers are not promised to be in topological order.
/// </remarks>
internal sealed class Condensation
{
    private Condensation(int[] components, int count)
    {
        Components = components;
        Count = count;
    }

    /// <summary>The component of each node.</summary>
    internal int[] Components { get; }

    internal int Count { get; }

    internal bool HasCycles => Count < Components.Length;

    internal static Condensation Compute(ClosureGraph graph)
    {
        int nodeCount = graph.NodeCount;
        int[] entered = new int[nodeCount]; // 0: not yet
        int[] lowest = new int[nodeCount];
        int[] next = new int[nodeCount];
        int[] components = new int[nodeCount];
        int[] path = new int[nodeCount];
        int[] open = new int[nodeCount];
        Array.Fill(components, -1);
        int time = 0;
        int openCount = 0;
        int count = 0;
        for (int start = 0; start < nodeCount; start++)
        {
            if (entered[start] != 0)
            {
                continue;
            }

            int depth = 0;
            path[depth++] = start;
            open[openCount++] = start;
            entered[start] = lowest[start] = ++time;
            while (depth > 0)
            {
                int node = path[depth - 1];
                ReadOnlySpan<int> successors = graph.Successors(node);
                int index = next[node];
                int low = lowest[node];
                while (index < successors.Length && entered[successors[index]] != 0)
                {
                    int successor = successors[index++];
                    if (components[successor] < 0)
                    {
                        low = Math.Min(low, entered[successor]);
                    }
                }

                lowest[node] = low;
                next[node] = index + 1;
                if (index < successors.Length)
                {
                    int successor = successors[index];
                    path[depth++] = successor;
                    open[openCount++] = successor;
                    entered[successor] = lowest[successor] = ++time;
                    continue;
                }

                depth--;
                if (depth > 0)
                {
                    lowest[path[depth - 1]] = Math.Min(lowest[path[depth - 1]], low);
                }

                if (low == entered[node])
                {
                    int member;
                    do
                    {
                        member = open[--openCount];
                        components[member] = count;
                    }
                    while (member != node);
                    count++;
                }
            }
        }

        return new Condensation(components, count);
    }

    /// <summary>The components each component refers to, descending, each once.</summary>
    internal SparseRows DescendingSuccessors(ClosureGraph graph)
    {
        int[] nodes = new int[Components.Length];
        for (int node = 0; node < nodes.Length; node++)
        {
            nodes[node] = node;
        }

        SparseRows members = SparseRows.Group(Count, Components, nodes);
        int[] starts = new int[Count + 1];
        int[] columns = new int[graph.EdgeCount];
        int[] seenFrom = new int[Count];
        int written = 0;
        for (int component = 0; component < Count; component++)
        {
            int start = written;
            foreach (int member in members[component])
            {
                foreach (int successor in graph.Successors(member))
                {
                    int other = Components[successor];
                    if (other != component && seenFrom[other] != component + 1)
                    {
                        seenFrom[other] = component + 1;
                        columns[written++] = other;
                    }
                }
            }

            Span<int> row = columns.AsSpan(start, written - start);
            row.Sort();
            row.Reverse();
            starts[component + 1] = written;
        }

        return new SparseRows(starts, columns);
    }
}
