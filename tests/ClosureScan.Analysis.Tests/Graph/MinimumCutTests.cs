using System.Numerics;
using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Tests.Graph;

public class MinimumCutTests
{
    [Fact]
    public void Cut_weighs_no_more_than_any_set_of_edges_that_frees_the_targets() => RandomGraph.ForEach(3000, 7, (graph, random) =>
    {
        (int Source, int Target)[] edges = graph.DistinctEdges;
        if (edges.Length > 11)
        {
            return;
        }

        int[] targets = Targets(graph, random);
        int[] weights = [.. edges.Select(_ => random.Next(4) == 0 ? MinimumCut.Uncuttable : random.Next(1, 4))];
        MinimumCut most = MinimumCut.Find(graph.Graph, targets, weights);
        MinimumCut least = MinimumCut.Find(graph.Graph, targets, weights, CutPreference.FreeLeast);

        List<(long Weight, long Freed)> frees = FreeingSets(graph, edges, targets, weights);
        Assert.Equal(frees.Count > 0, most.IsPossible);
        Assert.Equal(frees.Count > 0, least.IsPossible);
        if (frees.Count > 0)
        {
            long weight = frees.Min(set => set.Weight);
            Assert.Equal(weight, most.Weight);
            Assert.Equal(weight, least.Weight);
            Assert.Equal(frees.Where(set => set.Weight == weight).Max(set => set.Freed), most.Outcome.FreedBytes);
            Assert.Equal(frees.Where(set => set.Weight == weight).Min(set => set.Freed), least.Outcome.FreedBytes);
        }
    });

    [Fact]
    public void Cut_frees_every_target_and_its_weight_is_that_of_its_edges() => RandomGraph.ForEach(1500, 60, (graph, random) =>
    {
        int[] targets = [.. Targets(graph, random).Except(graph.Roots)];
        int[] weights = [.. graph.DistinctEdges.Select(_ => random.Next(1, 1000))];
        foreach (CutPreference preference in Enum.GetValues<CutPreference>())
        {
            MinimumCut cut = MinimumCut.Find(graph.Graph, targets, weights, preference);
            Assert.True(cut.IsPossible);
            Assert.Equal(cut.Edges.Sum(edge => (long)weights[edge]), cut.Weight);

            HashSet<int> after = Oracle.Reach(graph.DistinctEdges.Where((_, edge) => !cut.Edges.Contains(edge)), graph.Roots);
            Assert.DoesNotContain(targets, after.Contains);
            Assert.Equal(Oracle.Sum(graph, after), cut.Outcome.ClosureSize);

            // Every edge of it is needed.
            Assert.All(cut.Edges, spared => Assert.Contains(
                targets,
                Oracle.Reach(graph.DistinctEdges.Where((_, edge) => edge == spared || !cut.Edges.Contains(edge)), graph.Roots).Contains));
        }
    });

    [Fact]
    public void Chain_of_uncuttable_edges_proves_that_there_is_no_cut() => RandomGraph.ForEach(1500, 15, (graph, random) =>
    {
        int[] targets = Targets(graph, random);
        int[] weights = [.. graph.DistinctEdges.Select(_ => random.Next(2) == 0 ? MinimumCut.Uncuttable : 1)];
        MinimumCut cut = MinimumCut.Find(graph.Graph, targets, weights);
        int[] chain = [.. cut.UncuttableChain];
        Assert.Equal(cut.IsPossible, chain.Length == 0);
        if (!cut.IsPossible)
        {
            Assert.Contains(chain[0], graph.Roots);
            Assert.Contains(chain[^1], targets);
            Assert.All(chain.Zip(chain.Skip(1)), link =>
                Assert.Equal(MinimumCut.Uncuttable, weights[graph.Graph.FindEdge(link.First, link.Second)]));
            Assert.Equal(0, cut.Outcome.FreedBytes);
        }
    });

    [Fact]
    public void Equal_cuts_differ_only_in_what_they_free()
    {
        // 0 → 1 → 2: either edge frees 2; the first frees 1 as well.
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 1], [1, 2], [1, 10, 100], [0]);
        Assert.Equal([0], MinimumCut.Find(graph, [2]).Edges);
        Assert.Equal([1], MinimumCut.Find(graph, [2], CutPreference.FreeLeast).Edges);
        Assert.Equal(110, MinimumCut.Find(graph, [2]).Outcome.FreedBytes);
    }

    [Fact]
    public void Flow_through_uncuttable_edges_does_not_overflow()
    {
        // Three dear edges into node 4, then an uncuttable one to the target.
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 0, 0, 1, 2, 3, 4], [1, 2, 3, 4, 4, 4, 5], [0, 0, 0, 0, 0, 1], [0]);
        int dear = MinimumCut.Uncuttable - 1;
        MinimumCut cut = MinimumCut.Find(graph, [5], [dear, dear, dear, dear, dear, dear, MinimumCut.Uncuttable]);
        Assert.Equal(3L * dear, cut.Weight);
    }

    [Fact]
    public void Target_out_of_reach_needs_no_edit()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0], [1], [1, 2, 3], [0]);
        MinimumCut cut = MinimumCut.Find(graph, [2]);
        Assert.True(cut.IsPossible);
        Assert.Empty(cut.Edges);
        Assert.Equal(3, cut.Outcome.ClosureSize);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0], [1], [1, 2], [0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MinimumCut.Find(graph, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MinimumCut.Find(graph, [1], [0]));
        Assert.Throws<ArgumentException>(() => MinimumCut.Find(graph, [1], [1, 1]));
    }

    private static int[] Targets(RandomGraph graph, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(graph.NodeCount))];

    private static List<(long Weight, long Freed)> FreeingSets(
        RandomGraph graph, (int Source, int Target)[] edges, int[] targets, int[] weights)
    {
        List<(long, long)> found = [];
        long before = Oracle.Sum(graph, Oracle.Reach(edges, graph.Roots));
        uint uncuttable = 0;
        for (int edge = 0; edge < edges.Length; edge++)
        {
            uncuttable |= weights[edge] == MinimumCut.Uncuttable ? 1u << edge : 0;
        }

        for (uint set = 0; set < 1u << edges.Length; set++)
        {
            if ((set & uncuttable) != 0)
            {
                continue;
            }

            HashSet<int> after = Oracle.Reach(edges.Where((_, edge) => (set >> edge & 1) == 0), graph.Roots);
            if (!targets.Any(after.Contains))
            {
                long weight = 0;
                for (uint rest = set; rest != 0; rest &= rest - 1)
                {
                    weight += weights[BitOperations.TrailingZeroCount(rest)];
                }

                found.Add((weight, before - Oracle.Sum(graph, after)));
            }
        }

        return found;
    }
}
