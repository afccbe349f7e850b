using ClosureScan.Analysis.Graph;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.Observers;
using QuikGraph.Algorithms.Search;

namespace ClosureScan.Analysis.Tests.Graph;

/// <summary>QuikGraph's algorithms run on a closure without a copy, and agree with ours.</summary>
public class QuikGraphTests
{
    [Fact]
    public void Breadth_first_search_finds_our_distances() => RandomGraph.ForEach(300, 30, (random, _) =>
    {
        foreach (int root in random.Roots)
        {
            var search = new BreadthFirstSearchAlgorithm<int, SEquatableEdge<int>>(random.Graph);
            var recorder = new VertexDistanceRecorderObserver<int, SEquatableEdge<int>>(_ => 1);
            using (recorder.Attach(search))
            {
                search.Compute(root);
            }

            ShortestPaths paths = ShortestPaths.From(random.Graph, [root]);
            for (int node = 0; node < random.NodeCount; node++)
            {
                double expected = node == root ? 0 : recorder.Distances.TryGetValue(node, out double distance) ? distance : -1;
                Assert.Equal(expected, paths.Distance(node));
            }
        }
    });

    [Fact]
    public void Strongly_connected_components_are_our_condensation() => RandomGraph.ForEach(300, 30, (random, _) =>
    {
        var theirs = new StronglyConnectedComponentsAlgorithm<int, SEquatableEdge<int>>(random.Graph);
        theirs.Compute();
        Condensation ours = Condensation.Compute(random.Graph);
        Assert.Equal(theirs.ComponentCount, ours.Count);
        for (int left = 0; left < random.NodeCount; left++)
        {
            for (int right = 0; right < random.NodeCount; right++)
            {
                Assert.Equal(theirs.Components[left] == theirs.Components[right], ours.Components[left] == ours.Components[right]);
            }
        }

        foreach ((int source, int target) in random.Edges)
        {
            Assert.True(ours.Components[source] >= ours.Components[target]);
        }
    });

    [Fact]
    public void Topological_sort_and_transitive_reduction_of_a_closure_without_cycles_run_on_it() => RandomGraph.ForEach(300, 15, (random, _) =>
    {
        if (Condensation.Compute(random.Graph).HasCycles)
        {
            return;
        }

        int[] order = [.. random.Graph.TopologicalSort()];
        Assert.All(random.DistinctEdges, edge => Assert.True(Array.IndexOf(order, edge.Source) < Array.IndexOf(order, edge.Target)));

        (int, int)[] reduced = [.. random.Graph.ComputeTransitiveReduction().Edges.Select(edge => (edge.Source, edge.Target))];
        Assert.Subset(random.DistinctEdges.ToHashSet(), reduced.ToHashSet());
        Assert.All(Enumerable.Range(0, random.NodeCount), node =>
            Assert.Equal(Oracle.Reach(random.Edges, [node]), Oracle.Reach(reduced, [node])));
    });

    [Fact]
    public void Depth_first_search_from_the_roots_discovers_the_closure_and_sinks_are_leaves() => RandomGraph.ForEach(300, 30, (random, _) =>
    {
        var search = new DepthFirstSearchAlgorithm<int, SEquatableEdge<int>>(random.Graph) { ProcessAllComponents = false };
        HashSet<int> discovered = [];
        search.DiscoverVertex += vertex => discovered.Add(vertex);
        foreach (int root in random.Graph.Roots)
        {
            search.Compute(root);
        }

        Assert.Equal(Oracle.Reach(random.Edges, random.Roots), discovered);
        Assert.Equal(
            Enumerable.Range(0, random.NodeCount).Except(random.DistinctEdges.Select(edge => edge.Source)),
            random.Graph.Sinks());
    });

    [Fact]
    public void Bidirectional_interface_agrees_with_the_rows() => RandomGraph.ForEach(300, 20, (random, ignored) =>
    {
        IBidirectionalGraph<int, SEquatableEdge<int>> graph = random.Graph;
        Assert.Equal(random.DistinctEdges, graph.Edges.Select(edge => (edge.Source, edge.Target)));
        Assert.Equal(random.NodeCount, graph.Vertices.Count());
        foreach (int vertex in graph.Vertices)
        {
            Assert.Equal(graph.OutDegree(vertex) + graph.InDegree(vertex), graph.Degree(vertex));
            Assert.Equal(graph.OutEdges(vertex), Enumerable.Range(0, graph.OutDegree(vertex)).Select(index => graph.OutEdge(vertex, index)));
            Assert.Equal(graph.InEdges(vertex), Enumerable.Range(0, graph.InDegree(vertex)).Select(index => graph.InEdge(vertex, index)));
            Assert.Equal(graph.IsInEdgesEmpty(vertex), !graph.InEdges(vertex).Any());
            Assert.All(graph.InEdges(vertex), edge => Assert.True(graph.ContainsEdge(edge) && graph.TryGetEdge(edge.Source, vertex, out _)));
        }

        Assert.False(graph.ContainsVertex(random.NodeCount));
        Assert.False(graph.TryGetOutEdges(-1, out _));
        Assert.Throws<VertexNotFoundException>(() => graph.OutDegree(random.NodeCount));
    });
}
