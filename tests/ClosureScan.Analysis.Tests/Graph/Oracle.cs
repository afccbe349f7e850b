namespace ClosureScan.Analysis.Tests.Graph;

/// <summary>What the graph algorithms are compared with: walks over a list of edges, too simple to be wrong and too slow to ship.</summary>
internal static class Oracle
{
    /// <summary>What is reached from <paramref name="sources"/> over the edges that are left.</summary>
    internal static HashSet<int> Reach(IEnumerable<(int Source, int Target)> edges, IEnumerable<int> sources)
    {
        ILookup<int, int> successors = edges.ToLookup(edge => edge.Source, edge => edge.Target);
        HashSet<int> reached = [];
        var waiting = new Stack<int>(sources);
        while (waiting.TryPop(out int node))
        {
            if (reached.Add(node))
            {
                foreach (int successor in successors[node])
                {
                    waiting.Push(successor);
                }
            }
        }

        return reached;
    }

    /// <summary>What the roots still reach when a node is gone.</summary>
    internal static HashSet<int> ReachWithout(RandomGraph graph, int removed) => Reach(
        graph.Edges.Where(edge => edge.Source != removed && edge.Target != removed),
        graph.Roots.Where(root => root != removed));

    internal static long Sum(RandomGraph graph, IEnumerable<int> nodes) => nodes.Sum(node => graph.Sizes[node]);

    /// <summary>Every chain without a repeated node from a source to <paramref name="target"/>, shortest first, then in path order.</summary>
    internal static List<int[]> SimpleChains(RandomGraph graph, int target)
    {
        List<int[]> found = [];
        foreach (int root in graph.Roots.Distinct())
        {
            Extend([root]);
        }

        found.Sort(static (left, right) => left.Length != right.Length
            ? left.Length - right.Length
            : left.Zip(right, (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0));
        return found;

        void Extend(List<int> chain)
        {
            if (chain[^1] == target)
            {
                found.Add([.. chain]);
                return;
            }

            foreach ((_, int next) in graph.DistinctEdges.Where(edge => edge.Source == chain[^1]))
            {
                if (!chain.Contains(next))
                {
                    Extend([.. chain, next]);
                }
            }
        }
    }
}
