using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public sealed class GroupedEditsTests
{
    [Fact]
    public void A_group_frees_exactly_what_a_walk_without_its_references_misses() => RandomGraph.ForEach(3000, 20, (graph, random) =>
    {
        int edgeCount = graph.Graph.EdgeCount;
        int[] chosen = [.. Enumerable.Range(0, edgeCount).Where(_ => random.Next(3) > 0)];
        int[][] groups = [.. chosen.GroupBy(_ => random.Next(1, 5)).Select(group => group.ToArray())];
        var edits = GroupedEdits.Compute(graph.Graph, groups, WhatIf.Without(graph.Graph, [], chosen));

        for (int group = 0; group < groups.Length; group++)
        {
            Assert.Equal(WhatIf.Without(graph.Graph, [], groups[group]).FreedBytes, edits.FreedBytes(group));
        }
    });

    [Fact]
    public void A_chain_through_two_groups_ends_with_either()
    {
        // 0 → 1 → 2, and a circle behind it: whichever of the two references goes, 2 and 3 go.
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 1, 2, 3], [1, 2, 3, 2], [1, 10, 100, 1000], [0]);
        int first = graph.FindEdge(0, 1);
        int second = graph.FindEdge(1, 2);
        var edits = GroupedEdits.Compute(graph, [[first], [second]], WhatIf.Without(graph, [], [first, second]));

        Assert.Equal((1110, 1100), (edits.FreedBytes(0), edits.FreedBytes(1)));
    }
}
