using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class DominatorTreeTests
{
    [Fact]
    public void Node_dominates_exactly_what_a_walk_without_it_misses() => RandomGraph.ForEach(2000, 20, (graph, _) =>
    {
        DominatorTree tree = DominatorTree.Compute(graph.Graph);
        HashSet<int> before = Oracle.Reach(graph.Edges, graph.Roots);
        for (int dominator = 0; dominator < graph.NodeCount; dominator++)
        {
            HashSet<int> after = Oracle.ReachWithout(graph, dominator);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                Assert.Equal(before.Contains(node), tree.IsReachable(node));
                Assert.Equal(before.Contains(node) && !after.Contains(node), tree.Dominates(dominator, node));
            }
        }
    });

    [Fact]
    public void Immediate_dominator_is_the_dominator_that_all_others_dominate() => RandomGraph.ForEach(2000, 20, (graph, _) =>
    {
        DominatorTree tree = DominatorTree.Compute(graph.Graph);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int[] others = [.. Enumerable.Range(0, graph.NodeCount).Where(other => other != node && tree.Dominates(other, node))];
            int expected = !tree.IsReachable(node) ? DominatorTree.Unreachable
                : others.Length == 0 ? DominatorTree.VirtualRoot
                : others.Single(candidate => others.All(other => tree.Dominates(other, candidate)));
            Assert.Equal(expected, tree.ImmediateDominator(node));
        }
    });

    [Fact]
    public void Retained_sizes_of_the_top_level_add_up_to_the_closure_and_of_children_to_their_parent() => RandomGraph.ForEach(1000, 60, (graph, _) =>
    {
        DominatorTree tree = DominatorTree.Compute(graph.Graph);
        HashSet<int> closure = Oracle.Reach(graph.Edges, graph.Roots);
        Assert.Equal(Oracle.Sum(graph, closure), tree.TopLevel.ToArray().Sum(tree.RetainedSize));
        foreach (int node in closure)
        {
            int[] children = tree.Children(node).ToArray();
            Assert.Equal(tree.RetainedSize(node), graph.Sizes[node] + children.Sum(tree.RetainedSize));
            Assert.All(children, child => Assert.Equal(node, tree.ImmediateDominator(child)));
            Assert.Equal(children.Order(), children);
        }
    });

    [Fact]
    public void Node_shared_by_two_roots_belongs_to_neither()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 1], [2, 2], [1, 2, 4], [0, 1]);
        DominatorTree tree = DominatorTree.Compute(graph);
        Assert.Equal([0, 1, 2], tree.TopLevel);
        Assert.Equal(4, tree.RetainedSize(2));
    }
}
