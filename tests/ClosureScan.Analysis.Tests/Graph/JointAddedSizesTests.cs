using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class JointAddedSizesTests
{
    [Fact]
    public void Every_set_takes_along_what_a_walk_without_it_misses() => RandomGraph.ForEach(500, 40, (graph, random) =>
    {
        int[][] sets = [.. Enumerable.Range(0, random.Next(1, 140)).Select(_ =>
            Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(graph.NodeCount)).ToArray())];

        Assert.Equal(
            sets.Select(set => WhatIf.Without(graph.Graph, set, []).FreedBytes),
            JointAddedSizes.Compute(graph.Graph, sets, TestContext.Current.CancellationToken));
    });
}
