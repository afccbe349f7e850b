using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class WhatIfTests
{
    [Fact]
    public void Closure_without_nodes_and_edges_is_what_a_walk_without_them_finds() => RandomGraph.ForEach(1500, 25, (graph, random) =>
    {
        int[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Where(_ => random.Next(8) == 0)];
        (int Source, int Target)[] distinct = graph.DistinctEdges;
        int[] edges = [.. Enumerable.Range(0, distinct.Length).Where(_ => random.Next(5) == 0)];
        HashSet<int> before = Oracle.Reach(graph.Edges, graph.Roots);
        HashSet<int> after = Oracle.Reach(
            distinct.Where((edge, number) => !edges.Contains(number) && !nodes.Contains(edge.Source) && !nodes.Contains(edge.Target)),
            graph.Roots.Except(nodes));

        WhatIf outcome = WhatIf.Without(graph.Graph, nodes, edges);

        Assert.Equal(Oracle.Sum(graph, after), outcome.ClosureSize);
        Assert.Equal(after.Count, outcome.ClosureCount);
        Assert.Equal(Oracle.Sum(graph, before) - Oracle.Sum(graph, after), outcome.FreedBytes);
        Assert.Equal(before.Count - after.Count, outcome.FreedCount);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            Assert.Equal(after.Contains(node), outcome.IsReachable(node));
            Assert.Equal(before.Contains(node) && !after.Contains(node), outcome.IsFreed(node));
        }

        ClosureSizes sizes = ClosureSizes.Compute(outcome.ToGraph(), TestContext.Current.CancellationToken);
        Assert.Equal(outcome.ClosureSize, sizes.TotalSize);
        Assert.Equal(outcome.ClosureCount, sizes.TotalCount);
    });

    [Fact]
    public void Unknown_node_or_edge_is_refused()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0], [1], [1, 2], [0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => WhatIf.Without(graph, [2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => WhatIf.Without(graph, [], [1]));
    }
}
