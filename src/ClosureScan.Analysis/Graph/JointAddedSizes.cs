using System.Numerics;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// What leaves the closure together with each of many small sets of nodes: more than the sum of their added sizes where two of a set
/// hold the same thing, less where one holds the other. A dominator tree answers for single nodes only, so this walks; 64 sets walk at
/// once, a bit each, and a node is looked at again only when bits come late. O(sets / 64 · e) as good as always, 17 bytes a node.
/// </summary>
internal static class JointAddedSizes
{
    private const int SetsAtOnce = 64;

    /// <summary>The bytes that leave with each set, in the order of the sets.</summary>
    public static long[] Compute(ClosureGraph graph, IReadOnlyList<int[]> sets, CancellationToken cancellationToken = default)
    {
        long[] sizes = new long[sets.Count];
        bool[] before = Reachability.From(graph, graph.Roots);
        ulong[] without = new ulong[graph.NodeCount];
        for (int first = 0; first < sets.Count; first += SetsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(SetsAtOnce, sets.Count - first);
            Mark(without, sets, first, count);
            ulong[] reached = Walk(graph, without, count == SetsAtOnce ? ulong.MaxValue : (1UL << count) - 1);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                ulong lost = before[node] ? ~reached[node] & (count == SetsAtOnce ? ulong.MaxValue : (1UL << count) - 1) : 0;
                for (; lost != 0; lost &= lost - 1)
                {
                    sizes[first + BitOperations.TrailingZeroCount(lost)] += graph.NarSize(node);
                }
            }

            Array.Clear(without);
        }

        return sizes;
    }

    private static void Mark(ulong[] without, IReadOnlyList<int[]> sets, int first, int count)
    {
        for (int index = 0; index < count; index++)
        {
            foreach (int node in sets[first + index])
            {
                without[node] |= 1UL << index;
            }
        }
    }

    /// <summary>For each node the sets without which the roots still reach it.</summary>
    private static ulong[] Walk(ClosureGraph graph, ulong[] without, ulong all)
    {
        ulong[] reached = new ulong[graph.NodeCount];
        bool[] waits = new bool[graph.NodeCount];
        Queue<int> queue = new();
        foreach (int root in graph.Roots)
        {
            reached[root] = all & ~without[root];
            waits[root] = true;
            queue.Enqueue(root);
        }

        while (queue.TryDequeue(out int node))
        {
            waits[node] = false;
            foreach (int successor in graph.Successors(node))
            {
                ulong more = reached[node] & ~without[successor] & ~reached[successor];
                if (more != 0)
                {
                    reached[successor] |= more;
                    if (!waits[successor])
                    {
                        waits[successor] = true;
                        queue.Enqueue(successor);
                    }
                }
            }
        }

        return reached;
    }
}
