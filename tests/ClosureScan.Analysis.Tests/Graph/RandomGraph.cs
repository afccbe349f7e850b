using ClosureScan.Analysis.Graph;
using Xunit.Sdk;

namespace ClosureScan.Analysis.Tests.Graph;

/// <summary>
/// A small graph of any kind: with cycles or without, self references, doubled edges, no root or several, nodes out of reach.
/// </summary>
internal sealed record RandomGraph(int Seed, ClosureGraph Graph, (int Source, int Target)[] Edges, long[] Sizes, int[] Roots)
{
    internal int NodeCount => Sizes.Length;

    /// <summary>The edges that the graph has rows for: each once, none to itself, in the order of their numbers.</summary>
    internal (int Source, int Target)[] DistinctEdges => [.. Edges.Where(edge => edge.Source != edge.Target).Distinct().Order()];

    /// <summary>
    /// Runs a law on many graphs. The first seed is that of CLOSURESCAN_SEED, else a new one each run; a failure names the
    /// seed of the graph that broke the law.
    /// </summary>
    internal static void ForEach(int count, int maxNodes, Action<RandomGraph, Random> law)
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_SEED"), out int given) ? given : Random.Shared.Next();
        for (int i = 0; i < count; i++)
        {
            int seed = unchecked(first + i);
            var random = new Random(seed);
            RandomGraph graph = Create(seed, random, maxNodes);
            try
            {
                law(graph, random);
            }
            catch (Exception exception)
            {
                throw new XunitException(
                    $"CLOSURESCAN_SEED={seed}: {exception.Message}\nnodes {graph.NodeCount}, roots {string.Join(' ', graph.Roots)}, "
                    + $"edges {string.Join(' ', graph.Edges)}\nsizes {string.Join(' ', graph.Sizes)}", exception);
            }
        }
    }

    private static RandomGraph Create(int seed, Random random, int maxNodes)
    {
        int nodeCount = random.Next(1, maxNodes + 1);
        bool acyclic = random.Next(2) == 0;
        int edgeCount = random.Next(nodeCount * random.Next(1, 5) + 1);
        var edges = new (int, int)[edgeCount];
        int[] relabelled = [.. Enumerable.Range(0, nodeCount)];
        random.Shuffle(relabelled);
        for (int i = 0; i < edgeCount; i++)
        {
            int source = random.Next(nodeCount);
            int target = random.Next(nodeCount);
            edges[i] = acyclic && target < source
                ? (relabelled[target], relabelled[source])
                : (relabelled[source], relabelled[target]);
        }

        long[] sizes = [.. Enumerable.Range(0, nodeCount).Select(_ => random.Next(4) == 0 ? 0L : random.NextInt64(1L << random.Next(1, 40)))];
        int[] roots = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(nodeCount))];
        ClosureGraph graph = ClosureGraphBuilder.Build([.. edges.Select(edge => edge.Item1)], [.. edges.Select(edge => edge.Item2)], [.. sizes], roots);
        return new RandomGraph(seed, graph, edges, sizes, roots);
    }
}
