using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class ChainSubgraphTests
{
    [Fact]
    public void Edges_are_those_on_a_way_from_a_root_to_a_target() => RandomGraph.ForEach(1500, 20, (graph, random) =>
    {
        int[] targets = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(graph.NodeCount))];
        ChainSubgraph chains = ChainSubgraph.Compute(graph.Graph, targets);
        (int Source, int Target)[] edges = graph.DistinctEdges;
        HashSet<int> reached = Oracle.Reach(edges, graph.Roots);
        HashSet<int> reaching = Oracle.Reach(edges.Select(edge => (edge.Target, edge.Source)), targets);
        Assert.Equal(reached.Intersect(reaching).Order(), chains.Nodes);
        Assert.Equal(
            Enumerable.Range(0, edges.Length).Where(edge => reached.Contains(edges[edge].Source) && reaching.Contains(edges[edge].Target)),
            chains.Edges.Order());
    });

    [Fact]
    public void Edges_are_ranked_by_the_shortest_chain_through_them() => RandomGraph.ForEach(1000, 15, (graph, random) =>
    {
        int target = random.Next(graph.NodeCount);
        ChainSubgraph chains = ChainSubgraph.Compute(graph.Graph, [target]);
        ShortestPaths fromRoots = ShortestPaths.FromRoots(graph.Graph);
        foreach (int edge in chains.Edges)
        {
            int before = fromRoots.Distance(graph.Graph.EdgeSource(edge));
            int after = ShortestPaths.From(graph.Graph, [graph.Graph.EdgeTarget(edge)]).Distance(target);
            Assert.Equal(before + 1 + after, chains.LengthThrough(edge));
        }

        Assert.Equal(chains.Edges.OrderBy(chains.LengthThrough).ThenBy(edge => edge), chains.Edges);
        int[] shortest = [.. fromRoots.Chain(target)];
        Assert.All(shortest.Zip(shortest.Skip(1)), link =>
            Assert.Equal(shortest.Length - 1, chains.LengthThrough(graph.Graph.FindEdge(link.First, link.Second))));
        Assert.All(Enumerable.Range(0, graph.Graph.EdgeCount).Except(chains.Edges), edge => Assert.Equal(-1, chains.LengthThrough(edge)));
    });

    [Fact]
    public void Count_is_that_of_all_chains_written_out_or_null_when_a_cycle_is_on_the_way() => RandomGraph.ForEach(2000, 9, (graph, random) =>
    {
        int[] targets = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(graph.NodeCount)).Distinct()];
        ChainSubgraph chains = ChainSubgraph.Compute(graph.Graph, targets);
        (int Source, int Target)[] inside = [.. chains.Edges.Select(edge => (graph.Graph.EdgeSource(edge), graph.Graph.EdgeTarget(edge)))];
        bool cyclic = inside.Any(edge => Oracle.Reach(inside, [edge.Target]).Contains(edge.Source));
        ulong? expected = cyclic ? null : (ulong)targets.Sum(target => Oracle.SimpleChains(graph, target).Count);
        Assert.Equal(expected, chains.CountChains());
    });

    [Fact]
    public void Count_of_too_many_chains_stops_at_the_greatest_number()
    {
        // A ladder of 70 diamonds has 2^70 chains.
        const int Diamonds = 70;
        List<int> sources = [];
        List<int> targets = [];
        for (int i = 0; i < Diamonds; i++)
        {
            sources.AddRange([3 * i, 3 * i, 3 * i + 1, 3 * i + 2]);
            targets.AddRange([3 * i + 1, 3 * i + 2, 3 * i + 3, 3 * i + 3]);
        }

        long[] sizes = new long[3 * Diamonds + 1];
        ClosureGraph graph = ClosureGraphBuilder.Build([.. sources], [.. targets], sizes, [0]);
        Assert.Equal(ulong.MaxValue, ChainSubgraph.Compute(graph, [3 * Diamonds]).CountChains());
        Assert.Equal(1UL << 63, ChainSubgraph.Compute(graph, [3 * 63]).CountChains());
    }

    [Fact]
    public void Target_outside_the_graph_is_refused()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([], [], [1], []);
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainSubgraph.Compute(graph, [1]));
    }
}
