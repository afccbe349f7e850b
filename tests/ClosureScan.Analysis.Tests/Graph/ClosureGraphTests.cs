using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Tests.Graph;

public class ClosureGraphTests
{
    private static readonly StorePath A = Path('a', "app");
    private static readonly StorePath B = Path('b', "bash");
    private static readonly StorePath C = Path('c', "coreutils");
    private static readonly StorePath Z = Path('z', "elsewhere");

    [Fact]
    public void Nodes_are_in_path_order_whatever_the_order_of_the_input()
    {
        ClosureGraph graph = ClosureGraph.Create([Info(C, 3), Info(A, 1, C, B, A), Info(B, 2, C)], [A]);

        Assert.Equal([A, B, C], graph.Paths);
        Assert.Equal([1L, 2L, 3L], graph.NarSizes);
        Assert.Equal([1, 2], graph.Successors(0));
        Assert.Equal([2], graph.Successors(1));
        Assert.Equal([0, 1], graph.Predecessors(2));
        Assert.Equal([0], graph.Roots);
        Assert.Equal(3, graph.EdgeCount);
        Assert.True(graph.RefersToItself(0));
        Assert.False(graph.RefersToItself(1));
        Assert.Empty(graph.MissingReferences);
    }

    [Fact]
    public void Path_is_found_and_a_foreign_one_is_not()
    {
        ClosureGraph graph = ClosureGraph.Create([Info(B, 2), Info(A, 1, B)], [A]);
        Assert.True(graph.TryGetNode(B, out int node));
        Assert.Equal(1, node);
        Assert.False(graph.TryGetNode(Z, out _));
    }

    [Fact]
    public void Reference_out_of_the_paths_is_told_and_makes_no_edge()
    {
        ClosureGraph graph = ClosureGraph.Create([Info(B, 2, Z), Info(A, 1, B, Z)], [A]);
        Assert.Equal([new MissingReference(A, Z), new MissingReference(B, Z)], graph.MissingReferences);
        Assert.Equal(1, graph.EdgeCount);
    }

    [Fact]
    public void Size_that_nobody_tells_counts_nothing_and_is_told()
    {
        ClosureGraph graph = ClosureGraph.Create([Info(A, null, B), Info(B, 0), Info(C, 7)], [A]);
        Assert.Equal([0, 1], graph.NodesWithoutSize);
        Assert.Equal([0L, 0L, 7L], graph.NarSizes);
    }

    [Fact]
    public void Measured_size_stands_in_for_one_that_the_store_does_not_tell()
    {
        var scan = new PathScan { NarSize = 42, FileCount = 1, ByteCount = 1 };
        var closure = new ScannedClosure
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [A],
            Paths = [new ScannedPath(Info(A, null, B), scan), new ScannedPath(Info(B, 5), scan)],
        };
        ClosureGraph graph = ClosureGraph.Create(closure);
        Assert.Equal([42L, 5L], graph.NarSizes);
        Assert.Empty(graph.NodesWithoutSize);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ClosureGraph.Create([Info(A, 1), Info(A, 1)], [A]));
        Assert.Throws<ArgumentException>(() => ClosureGraph.Create([Info(A, 1)], [B]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClosureGraph.Create([Info(A, -1)], [A]));
        Assert.Throws<ArgumentException>(() => ClosureGraph.Create([Info(A, long.MaxValue), Info(B, 1)], [A]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClosureGraphBuilder.Build([0], [1], [1], [0]));
    }

    [Fact]
    public void Empty_graph_is_a_graph()
    {
        ClosureGraph graph = ClosureGraph.Create([], []);
        Assert.Equal(0, graph.NodeCount);
        Assert.Equal(0, ClosureSizes.Compute(graph, TestContext.Current.CancellationToken).TotalSize);
        Assert.Empty(DominatorTree.Compute(graph).TopLevel.ToArray());
    }

    [Fact]
    public void Rows_hold_exactly_the_distinct_edges_in_both_directions() => RandomGraph.ForEach(1000, 30, (random, _) =>
    {
        ClosureGraph graph = random.Graph;
        (int Source, int Target)[] edges = random.DistinctEdges;
        Assert.Equal(edges.Length, graph.EdgeCount);
        for (int edge = 0; edge < edges.Length; edge++)
        {
            (int source, int target) = edges[edge];
            Assert.Equal(source, graph.EdgeSource(edge));
            Assert.Equal(target, graph.EdgeTarget(edge));
            Assert.Equal(edge, graph.FindEdge(source, target));
            Assert.Equal(edge, graph.IncomingEdges(target)[graph.Predecessors(target).IndexOf(source)]);
        }

        for (int node = 0; node < random.NodeCount; node++)
        {
            Assert.Equal(random.Edges.Contains((node, node)), graph.RefersToItself(node));
            Assert.Equal(edges.Where(edge => edge.Target == node).Select(edge => edge.Source), graph.Predecessors(node).ToArray());
        }
    });

    private static StorePath Path(char digit, string name) => StorePath.Parse($"/nix/store/{new string(digit, 32)}-{name}");

    private static PathInfo Info(StorePath path, long? size, params StorePath[] references) =>
        new() { Path = path, NarSize = size, References = [.. references] };
}
