using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class SingleEditsTests
{
    [Fact]
    public void Edge_frees_exactly_what_a_walk_without_it_misses() => RandomGraph.ForEach(2000, 20, (graph, _) =>
    {
        var edits = SingleEdits.Compute(graph.Graph, DominatorTree.Compute(graph.Graph));
        (int Source, int Target)[] edges = graph.DistinctEdges;
        long before = Oracle.Sum(graph, Oracle.Reach(edges, graph.Roots));
        for (int edge = 0; edge < edges.Length; edge++)
        {
            long after = Oracle.Sum(graph, Oracle.Reach(edges.Where((_, number) => number != edge), graph.Roots));
            Assert.Equal(before - after, edits.FreedByEdge(edge));
        }
    });

    [Fact]
    public void Best_edits_are_the_first_of_all_edits_in_order_of_bytes() => RandomGraph.ForEach(1000, 20, (graph, random) =>
    {
        var edits = SingleEdits.Compute(graph.Graph, DominatorTree.Compute(graph.Graph));
        int count = random.Next(8);
        int[] edges = [.. Enumerable.Range(0, graph.Graph.EdgeCount).Where(edge => edits.FreedByEdge(edge) > 0)
            .OrderBy(edge => -edits.FreedByEdge(edge)).ThenBy(edge => edge).Take(count)];
        int[] nodes = [.. Enumerable.Range(0, graph.NodeCount).Where(node => edits.FreedByNode(node) > 0 && !graph.Roots.Contains(node))
            .OrderBy(node => -edits.FreedByNode(node)).ThenBy(node => node).Take(count)];
        Assert.Equal(edges, edits.BestEdges(count));
        Assert.Equal(nodes, edits.BestNodes(count));
    });

    [Fact]
    public void Way_back_into_a_node_from_its_own_subtree_keeps_nothing_alive()
    {
        // 0 → 1 ⇄ 2: the edge 2 → 1 does not hold 1.
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 1, 2], [1, 2, 1], [1, 10, 100], [0]);
        var edits = SingleEdits.Compute(graph, DominatorTree.Compute(graph));
        Assert.Equal(110, edits.FreedByEdge(graph.FindEdge(0, 1)));
        Assert.Equal(0, edits.FreedByEdge(graph.FindEdge(2, 1)));
    }
}
