namespace ClosureScan.Analysis.Graph;

/// <summary>Walks that answer "who is reached"; each O(n + e) at most.</summary>
internal static class Reachability
{
    /// <summary>What <paramref name="sources"/> reach over the edges and nodes that are not taken out.</summary>
    internal static bool[] From(ClosureGraph graph, ReadOnlySpan<int> sources, bool[]? withoutNodes = null, bool[]? withoutEdges = null)
    {
        bool[] reached = new bool[graph.NodeCount];
        int[] stack = new int[graph.NodeCount];
        int depth = 0;
        foreach (int source in sources)
        {
            Reach(source);
        }

        while (depth > 0)
        {
            int node = stack[--depth];
            ReadOnlySpan<int> successors = graph.Successors(node);
            int edge = graph.FirstEdge(node);
            for (int index = 0; index < successors.Length; index++)
            {
                if (withoutEdges is null || !withoutEdges[edge + index])
                {
                    Reach(successors[index]);
                }
            }
        }

        return reached;

        void Reach(int node)
        {
            if (!reached[node] && (withoutNodes is null || !withoutNodes[node]))
            {
                reached[node] = true;
                stack[depth++] = node;
            }
        }
    }

    /// <summary>The references on a shortest chain from each node to one of <paramref name="targets"/>; -1 where there is none.</summary>
    internal static int[] DistancesTo(ClosureGraph graph, ReadOnlySpan<int> targets)
    {
        int[] distances = new int[graph.NodeCount];
        Array.Fill(distances, -1);
        int[] queue = new int[graph.NodeCount];
        int written = 0;
        foreach (int target in targets)
        {
            if (distances[target] < 0)
            {
                distances[target] = 0;
                queue[written++] = target;
            }
        }

        for (int read = 0; read < written; read++)
        {
            int node = queue[read];
            foreach (int predecessor in graph.Predecessors(node))
            {
                if (distances[predecessor] < 0)
                {
                    distances[predecessor] = distances[node] + 1;
                    queue[written++] = predecessor;
                }
            }
        }

        return distances;
    }

    /// <summary>A flag for each of <paramref name="count"/> numbers, set for those listed; refuses others.</summary>
    internal static bool[] Flags(int count, ReadOnlySpan<int> listed, string parameterName)
    {
        bool[] flags = new bool[count];
        foreach (int number in listed)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)count, parameterName);
            flags[number] = true;
        }

        return flags;
    }
}
