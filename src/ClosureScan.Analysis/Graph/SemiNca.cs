namespace ClosureScan.Analysis.Graph;

/// <summary>
/// Immediate dominators by semidominators and nearest common ancestors. Everything is said in places of the depth-first order:
/// a dominator's place is smaller, and place 0, the virtual root, is a predecessor of every root.
/// </summary>
internal static class SemiNca
{
    internal static int[] ImmediateDominators(ClosureGraph graph, DepthFirstOrder order)
    {
        int[] semidominators = Semidominators(graph, order);

        // The dominator is the nearest ancestor that is no deeper than the semidominator; ancestors' answers shorten the climb.
        int[] dominators = new int[order.Count + 1];
        for (int place = 1; place <= order.Count; place++)
        {
            int candidate = order.Parents[place];
            while (candidate > semidominators[place])
            {
                candidate = dominators[candidate];
            }

            dominators[place] = candidate;
        }

        return dominators;
    }

    private static int[] Semidominators(ClosureGraph graph, DepthFirstOrder order)
    {
        int count = order.Count;
        int[] semidominators = new int[count + 1];
        int[] ancestors = order.Parents.AsSpan(0, count + 1).ToArray();
        int[] stack = new int[count + 1];

        // best[p]: the smallest semidominator from p up to, not including, ancestors[p]; p itself until p is linked.
        int[] best = new int[count + 1];
        bool[] isRoot = new bool[graph.NodeCount];
        foreach (int root in graph.Roots)
        {
            isRoot[root] = true;
        }

        for (int place = 0; place <= count; place++)
        {
            best[place] = place;
        }

        for (int place = count; place > 0; place--)
        {
            int node = order.Nodes[place];
            int semidominator = isRoot[node] ? 0 : order.Parents[place];
            foreach (int predecessor in graph.Predecessors(node))
            {
                int from = order.Places[predecessor];
                if (from != 0)
                {
                    // Places above this one are linked; the others are their own answer.
                    int found = from <= place ? from : Evaluate(from, place + 1, ancestors, best, stack);
                    semidominator = Math.Min(semidominator, found);
                }
            }

            semidominators[place] = semidominator;
            best[place] = semidominator;
        }

        return semidominators;
    }

    /// <summary>The smallest semidominator on the linked path above <paramref name="place"/>, which is shortened on the way.</summary>
    private static int Evaluate(int place, int firstLinked, int[] ancestors, int[] best, int[] stack)
    {
        int depth = 0;
        while (ancestors[place] >= firstLinked)
        {
            stack[depth++] = place;
            place = ancestors[place];
        }

        int top = ancestors[place];
        int smallest = best[place];
        while (depth > 0)
        {
            place = stack[--depth];
            smallest = Math.Min(smallest, best[place]);
            best[place] = smallest;
            ancestors[place] = top;
        }

        return smallest;
    }
}
