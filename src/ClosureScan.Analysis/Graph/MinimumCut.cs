using System.Collections.Immutable;
using System.Diagnostics;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// The cheapest set of references whose removal frees all targets, that is, leaves none of them reachable from a root. Immutable.
/// </summary>
/// <remarks>
/// A cut's edges are counted by weight: the files to touch. By the theorem of Ford and Fulkerson the least weight is the greatest
/// flow from the roots to the targets. Of the cuts with that weight, <see cref="CutPreference.FreeMost"/> frees the most bytes,
/// exactly: the root sides of minimum cuts are closed under intersection, so one of them lies inside all others, and the less the
/// roots reach among the nodes on chains, the less they reach at all. The side nearest to the targets contains all others, so
/// <see cref="CutPreference.FreeLeast"/> is exact for the same reason. The answer is checked by a walk without the edges.
/// </remarks>
internal sealed class MinimumCut
{
    /// <summary>The weight of an edge that no edit can remove.</summary>
    public const int Uncuttable = int.MaxValue;

    private MinimumCut(ImmutableArray<int> edges, long weight, ImmutableArray<int> uncuttableChain, WhatIf outcome)
    {
        Edges = edges;
        Weight = weight;
        UncuttableChain = uncuttableChain;
        Outcome = outcome;
    }

    /// <summary>Whether there is a cut at all: false when a root is a target, or reaches one over uncuttable edges alone.</summary>
    public bool IsPossible => UncuttableChain.IsEmpty;

    /// <summary>The edges to remove, ascending; empty when there is nothing to do or no cut.</summary>
    public ImmutableArray<int> Edges { get; }

    /// <summary>The sum of the weights of <see cref="Edges"/>.</summary>
    public long Weight { get; }

    /// <summary>The nodes of a shortest chain of uncuttable edges from a root to a target; empty when there is a cut.</summary>
    public ImmutableArray<int> UncuttableChain { get; }

    /// <summary>The closure without <see cref="Edges"/>: bytes freed, size after.</summary>
    public WhatIf Outcome { get; }

    /// <summary>The fewest references, whatever each costs to remove.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A target is no node.</exception>
    public static MinimumCut Find(ClosureGraph graph, ReadOnlySpan<int> targets, CutPreference preference = CutPreference.FreeMost)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] weights = new int[graph.EdgeCount];
        Array.Fill(weights, 1);
        return Find(graph, targets, weights, preference);
    }

    /// <summary>
    /// The references that cost least together. O(e) a phase of the flow, see <see cref="MaximumFlow"/>; about 17 bytes an edge
    /// and 25 a node while it runs.
    /// </summary>
    /// <param name="graph">The closure.</param>
    /// <param name="targets">The nodes to free; those that no root reaches are free already.</param>
    /// <param name="weights">For each edge, by number, what its removal costs: 1 or more, or <see cref="Uncuttable"/>.</param>
    /// <param name="preference">Which of several equally cheap cuts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is no node, or a weight is below 1.</exception>
    /// <exception cref="ArgumentException">There are more or fewer weights than edges.</exception>
    public static MinimumCut Find(
        ClosureGraph graph, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, CutPreference preference = CutPreference.FreeMost)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] checkedWeights = CheckedWeights(graph, weights);
        bool[] isTarget = Reachability.Flags(graph.NodeCount, targets, nameof(targets));
        ImmutableArray<int> uncuttable = FindUncuttableChain(graph, isTarget, checkedWeights);
        if (!uncuttable.IsEmpty)
        {
            return new MinimumCut([], 0, uncuttable, WhatIf.Without(graph, [], []));
        }

        int[] distinct = [.. new SortedSet<int>(targets.ToArray())];
        bool[] active = OnChains(graph, distinct);
        var flow = new MaximumFlow(graph, checkedWeights, distinct, active);
        bool[] rootSide = preference == CutPreference.FreeMost ? flow.RootSide() : flow.NotTargetSide();
        List<int> cut = [];
        long weight = 0;
        for (int source = 0; source < graph.NodeCount; source++)
        {
            ReadOnlySpan<int> successors = rootSide[source] ? graph.Successors(source) : [];
            for (int index = 0; index < successors.Length; index++)
            {
                if (active[successors[index]] && !rootSide[successors[index]])
                {
                    int edge = graph.FirstEdge(source) + index;
                    cut.Add(edge);
                    weight += checkedWeights[edge];
                }
            }
        }

        WhatIf outcome = WhatIf.Without(graph, [], [.. cut]);
        foreach (int target in distinct)
        {
            if (outcome.IsReachable(target))
            {
                throw new UnreachableException($"The cut does not free node {target}.");
            }
        }

        return new MinimumCut([.. cut], weight, [], outcome);
    }

    private static int[] CheckedWeights(ClosureGraph graph, ReadOnlySpan<int> weights)
    {
        if (weights.Length != graph.EdgeCount)
        {
            throw new ArgumentException($"{graph.EdgeCount} edges need as many weights, not {weights.Length}.", nameof(weights));
        }

        foreach (int weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1, nameof(weights));
        }

        return weights.ToArray();
    }

    private static bool[] OnChains(ClosureGraph graph, int[] targets)
    {
        bool[] reached = Reachability.From(graph, graph.Roots);
        int[] distances = Reachability.DistancesTo(graph, targets);
        for (int node = 0; node < reached.Length; node++)
        {
            reached[node] &= distances[node] >= 0;
        }

        return reached;
    }

    private static ImmutableArray<int> FindUncuttableChain(ClosureGraph graph, bool[] isTarget, int[] weights)
    {
        int[] parents = new int[graph.NodeCount];
        Array.Fill(parents, -2);
        var queue = new Queue<int>();
        foreach (int root in graph.Roots)
        {
            parents[root] = -1;
            queue.Enqueue(root);
        }

        while (queue.TryDequeue(out int node))
        {
            if (isTarget[node])
            {
                List<int> chain = [];
                for (; node >= 0; node = parents[node])
                {
                    chain.Add(node);
                }

                chain.Reverse();
                return [.. chain];
            }

            ReadOnlySpan<int> successors = graph.Successors(node);
            for (int index = 0; index < successors.Length; index++)
            {
                if (weights[graph.FirstEdge(node) + index] == Uncuttable && parents[successors[index]] == -2)
                {
                    parents[successors[index]] = node;
                    queue.Enqueue(successors[index]);
                }
            }
        }

        return [];
    }
}
