using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class ShortestPathsTests
{
    [Fact]
    public void Chain_is_the_first_in_path_order_of_all_shortest_chains() => RandomGraph.ForEach(1500, 9, (graph, _) =>
    {
        ShortestPaths paths = ShortestPaths.FromRoots(graph.Graph);
        for (int target = 0; target < graph.NodeCount; target++)
        {
            int[]? best = Oracle.SimpleChains(graph, target).FirstOrDefault();
            Assert.Equal(best ?? [], paths.Chain(target));
            Assert.Equal((best?.Length ?? 0) - 1, paths.Distance(target));
        }
    });

    [Fact]
    public void Distances_prove_themselves_on_wide_graphs() => RandomGraph.ForEach(300, 300, (graph, _) =>
    {
        ShortestPaths paths = ShortestPaths.FromRoots(graph.Graph);
        Assert.All(graph.Roots, root => Assert.Equal(0, paths.Distance(root)));

        // No edge shortens a distance, and every chain is made of edges: together a proof that none is shorter.
        Assert.All(graph.Edges, edge => Assert.True(
            !paths.IsReachable(edge.Source) || (paths.IsReachable(edge.Target) && paths.Distance(edge.Target) <= paths.Distance(edge.Source) + 1)));
        for (int target = 0; target < graph.NodeCount; target++)
        {
            int[] chain = [.. paths.Chain(target)];
            Assert.Equal(paths.Distance(target) + 1, chain.Length);
            Assert.All(chain.Zip(chain.Skip(1)), link => Assert.True(graph.Graph.FindEdge(link.First, link.Second) >= 0));
            Assert.True(chain.Length == 0 || graph.Roots.Contains(chain[0]));
        }
    });

    [Fact]
    public void Nearest_target_is_the_one_with_the_shortest_chain() => RandomGraph.ForEach(500, 20, (graph, random) =>
    {
        ShortestPaths paths = ShortestPaths.FromRoots(graph.Graph);
        int[] targets = [.. Enumerable.Range(0, graph.NodeCount).Where(_ => random.Next(3) == 0)];
        int expected = targets.Where(paths.IsReachable).OrderBy(paths.Distance).ThenBy(target => target).FirstOrDefault(-1);
        Assert.Equal(expected, paths.Nearest(targets));
    });

    [Fact]
    public void Source_outside_the_graph_is_refused()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([], [], [1], []);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortestPaths.From(graph, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortestPaths.From(graph, [-1]));
    }
}
