using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public sealed class RankedChainsTests
{
    [Fact]
    public void Chains_are_the_shortest_of_all_that_there_are_each_once() => RandomGraph.ForEach(1500, 9, (graph, random) =>
    {
        int target = random.Next(graph.NodeCount);
        int count = random.Next(1, 12);
        List<int[]> all = Oracle.SimpleChains(graph, target);

        ImmutableArray<ImmutableArray<int>> chains = RankedChains.Find(graph.Graph, target, count);

        Assert.Equal(all.Select(chain => chain.Length).Order().Take(count), chains.Select(chain => chain.Length));
        HashSet<string> known = [.. all.Select(chain => string.Join(' ', chain))];
        Assert.All(chains, chain => Assert.True(known.Remove(string.Join(' ', chain))));
        Assert.Equal(ShortestPaths.FromRoots(graph.Graph).Chain(target), chains.IsEmpty ? [] : chains[0]);
    });
}
