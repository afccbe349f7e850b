using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class ClosureSizesTests
{
    [Fact]
    public void Sizes_of_any_graph_equal_those_of_a_walk_from_each_node() => RandomGraph.ForEach(2000, 40, (graph, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(graph.Graph, TestContext.Current.CancellationToken);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            HashSet<int> reached = Oracle.Reach(graph.Edges, [node]);
            Assert.Equal(graph.Sizes[node], sizes.SelfSize(node));
            Assert.Equal(Oracle.Sum(graph, reached), sizes.ClosureSize(node));
            Assert.Equal(reached.Count, sizes.ClosureCount(node));
        }

        HashSet<int> closure = Oracle.Reach(graph.Edges, graph.Roots);
        Assert.Equal(Oracle.Sum(graph, closure), sizes.TotalSize);
        Assert.Equal(closure.Count, sizes.TotalCount);
    });

    [Fact]
    public void Sizes_of_graphs_wider_than_one_block_of_targets_equal_those_of_a_walk() => RandomGraph.ForEach(6, 2500, (graph, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(graph.Graph, TestContext.Current.CancellationToken);
        for (int node = 0; node < graph.NodeCount; node += 17)
        {
            HashSet<int> reached = Oracle.Reach(graph.Edges, [node]);
            Assert.Equal(Oracle.Sum(graph, reached), sizes.ClosureSize(node));
            Assert.Equal(reached.Count, sizes.ClosureCount(node));
        }
    });

    [Fact]
    public void Added_size_of_any_node_equals_what_a_walk_without_it_misses() => RandomGraph.ForEach(2000, 25, (graph, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(graph.Graph, TestContext.Current.CancellationToken);
        HashSet<int> before = Oracle.Reach(graph.Edges, graph.Roots);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int[] gone = [.. before.Except(Oracle.ReachWithout(graph, node))];
            Assert.Equal(Oracle.Sum(graph, gone), sizes.AddedSize(node));
            Assert.Equal(gone.Length, sizes.AddedCount(node));
        }
    });

    [Fact]
    public void Depth_of_a_million_references_does_not_exhaust_the_stack()
    {
        const int Depth = 1_000_000;
        int[] nodes = [.. Enumerable.Range(0, Depth)];
        long[] sizes = new long[Depth];
        Array.Fill(sizes, 1);
        ClosureGraph graph = ClosureGraphBuilder.Build(nodes.AsSpan(1), nodes.AsSpan(0, Depth - 1), sizes, [Depth - 1]);

        Assert.Equal(Depth, DominatorTree.Compute(graph).RetainedSize(Depth - 1));
        Assert.Equal(Depth - 1, ShortestPaths.FromRoots(graph).Distance(0));
        Assert.Equal(Depth, Condensation.Compute(graph).Count);
    }

    [Fact]
    public void Cancelled_computation_stops()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0], [1], [1, 2], [0]);
        Assert.Throws<OperationCanceledException>(() => ClosureSizes.Compute(graph, new CancellationToken(canceled: true)));
    }
}
