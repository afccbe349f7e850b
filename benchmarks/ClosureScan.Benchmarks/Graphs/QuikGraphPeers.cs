using ClosureScan.Analysis.Graph;
using QuikGraph;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.MaximumFlow;
using QuikGraph.Algorithms.Observers;
using QuikGraph.Algorithms.Search;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>QuikGraph's algorithms beside ours on the same graph: on its own container, and on our rows.</summary>
internal static class QuikGraphPeers
{
    internal static void Print(StoreShapedGraph store, ClosureGraph graph, int hub, int runs)
    {
        var table = new TimingTable(Math.Min(runs, 3));
        table.Time("rows: build", store.Build);
        table.Time("QuikGraph: build BidirectionalGraph", () => BuildContainer(store));
        table.Time("ours: breadth-first chains", () => ShortestPaths.From(graph, [graph.Roots[^1]]));
        table.Time("QuikGraph on our rows: breadth-first with predecessors", () => BreadthFirst(graph, graph.Roots[^1]));
        BidirectionalGraph<int, SEquatableEdge<int>> container = BuildContainer(store);
        table.Time("QuikGraph on its container: breadth-first with predecessors", () => BreadthFirst(container, graph.Roots[^1]));
        table.Time("ours: strongly connected components", () => Condensation.Compute(graph));
        table.Time("QuikGraph on our rows: strongly connected components", () => Components(graph));
        if (graph.NodeCount <= 20_000)
        {
            MinimumCut cut = table.Time("ours: minimum cut, every reference costs one", () => MinimumCut.Find(graph, [hub]));
            double flow = table.Time("QuikGraph: EdmondsKarp maximum flow, one root", () => (object)Flow(store, hub)) is double value ? value : 0;
            if (graph.Roots.Length == 1 && flow != cut.Weight)
            {
                throw new InvalidOperationException($"QuikGraph's flow is {flow}, ours {cut.Weight}.");
            }
        }

        Console.WriteLine();
        table.Print();
    }

    private static BidirectionalGraph<int, SEquatableEdge<int>> BuildContainer(StoreShapedGraph store)
    {
        var graph = new BidirectionalGraph<int, SEquatableEdge<int>>(allowParallelEdges: false);
        graph.AddVertexRange(Enumerable.Range(0, store.Sizes.Length));
        for (int edge = 0; edge < store.Sources.Count; edge++)
        {
            graph.AddEdge(new SEquatableEdge<int>(store.Sources[edge], store.Targets[edge]));
        }

        return graph;
    }

    private static IDictionary<int, SEquatableEdge<int>> BreadthFirst(IVertexListGraph<int, SEquatableEdge<int>> graph, int root)
    {
        var search = new BreadthFirstSearchAlgorithm<int, SEquatableEdge<int>>(graph);
        var recorder = new VertexPredecessorRecorderObserver<int, SEquatableEdge<int>>();
        using (recorder.Attach(search))
        {
            search.Compute(root);
        }

        return recorder.VerticesPredecessors;
    }

    private static int Components(ClosureGraph graph)
    {
        var algorithm = new StronglyConnectedComponentsAlgorithm<int, SEquatableEdge<int>>(graph);
        algorithm.Compute();
        return algorithm.ComponentCount;
    }

    private static double Flow(StoreShapedGraph store, int hub)
    {
        var graph = new AdjacencyGraph<int, Edge<int>>();
        graph.AddVertexRange(Enumerable.Range(0, store.Sizes.Length));
        for (int edge = 0; edge < store.Sources.Count; edge++)
        {
            graph.AddEdge(new Edge<int>(store.Sources[edge], store.Targets[edge]));
        }

        var reversed = new ReversedEdgeAugmentorAlgorithm<int, Edge<int>>(graph, (source, target) => new Edge<int>(source, target));
        reversed.AddReversedEdges();
        HashSet<Edge<int>> added = [.. reversed.AugmentedEdges];
        var flow = new EdmondsKarpMaximumFlowAlgorithm<int, Edge<int>>(
            graph, edge => added.Contains(edge) ? 0 : 1, (source, target) => new Edge<int>(source, target), reversed);
        flow.Compute(store.Roots[0], hub);
        return flow.MaxFlow;
    }
}
