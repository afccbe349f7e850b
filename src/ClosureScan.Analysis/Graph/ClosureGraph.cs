using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Paths;
using QuikGraph;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// A closure as a directed graph: nodes are store paths, edges are references. Immutable; may be shared between threads.
/// </summary>
/// <remarks>
/// Nodes are 0 … <see cref="NodeCount"/>-1 in the order of their paths; edges are 0 … <see cref="EdgeCount"/>-1 in the order
/// (source, target), at most one from one node to another. So equal closures give equal numbers, and every algorithm here
/// gives the same answer on every run. A path that refers to itself has no edge for it, only <see cref="RefersToItself"/>:
/// such a reference never matters to what reaches what.
/// <para>
/// The rows are compressed sparse rows, 12 bytes an edge and about 25 a node. The class is a QuikGraph graph as well, so that
/// QuikGraph's algorithms and exports run on it without a copy; those members are explicit, because they allocate.
/// </para>
/// </remarks>
public sealed class ClosureGraph : IBidirectionalGraph<int, SEquatableEdge<int>>
{
    private readonly SparseRows _successors;
    private readonly SparseRows _predecessors;
    private readonly int[] _incomingEdges;
    private readonly long[] _sizes;
    private readonly bool[] _selfReferences;
    private readonly int[] _roots;

    internal ClosureGraph(SparseRows successors, long[] sizes, bool[] selfReferences, int[] sortedRoots)
    {
        _successors = successors;
        _predecessors = successors.Transpose(sizes.Length, out _incomingEdges);
        _sizes = sizes;
        _selfReferences = selfReferences;
        _roots = sortedRoots;
    }

    /// <summary>How many paths. O(1).</summary>
    public int NodeCount => _sizes.Length;

    /// <summary>How many references between different paths. O(1).</summary>
    public int EdgeCount => _successors.Columns.Length;

    /// <summary>The nodes the closure was asked for, ascending, each once. O(1).</summary>
    public ReadOnlySpan<int> Roots => _roots;

    /// <summary>The NAR sizes of all nodes in bytes; their sum fits a long. O(1).</summary>
    public ReadOnlySpan<long> NarSizes => _sizes;

    /// <summary>The path of every node; empty for a graph that was made from bare numbers. O(1).</summary>
    public ImmutableArray<StorePath> Paths { get; internal init; } = [];

    /// <summary>References to paths that were not among the nodes, sorted; empty for a whole closure. O(1).</summary>
    internal ImmutableArray<MissingReference> MissingReferences { get; init; } = [];

    /// <summary>The nodes whose size nobody told, ascending; they count as 0 bytes. O(1).</summary>
    internal ImmutableArray<int> NodesWithoutSize { get; init; } = [];

    /// <summary>The graph of a scanned closure, by the references that the store registered: what Nix copies and keeps.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Create(IEnumerable{PathInfo}, IEnumerable{StorePath})"/>.</exception>
    public static ClosureGraph Create(ScannedClosure closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        return ClosureGraphBuilder.Build(closure.Paths.Select(path => (path.Info, path.Scan?.NarSize)), closure.Roots);
    }

    /// <summary>
    /// The graph of <paramref name="paths"/> in any order. O(n log n + e); references that lead out of them are dropped and told
    /// by <see cref="MissingReferences"/>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A path occurs twice, a root is not among the paths, a size is negative, or the sizes add up to more than a long holds.
    /// </exception>
    public static ClosureGraph Create(IEnumerable<PathInfo> paths, IEnumerable<StorePath> roots)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(roots);
        return ClosureGraphBuilder.Build(paths.Select(path => (path, (long?)null)), roots);
    }

    /// <summary>The nodes that <paramref name="node"/> refers to, ascending, without itself. O(1), allocates nothing.</summary>
    public ReadOnlySpan<int> Successors(int node) => _successors[node];

    /// <summary>The nodes that refer to <paramref name="node"/>, ascending, without itself. O(1), allocates nothing.</summary>
    public ReadOnlySpan<int> Predecessors(int node) => _predecessors[node];

    /// <summary>
    /// The number of the first edge out of <paramref name="node"/>; the edge to <c>Successors(node)[i]</c> is the number
    /// <c>FirstEdge(node) + i</c>. O(1).
    /// </summary>
    public int FirstEdge(int node) => _successors.Starts[node];

    /// <summary>The numbers of the edges into <paramref name="node"/>, beside <see cref="Predecessors"/>. O(1), allocates nothing.</summary>
    public ReadOnlySpan<int> IncomingEdges(int node) =>
        _incomingEdges.AsSpan(_predecessors.Starts[node], _predecessors.Starts[node + 1] - _predecessors.Starts[node]);

    /// <summary>The node that <paramref name="edge"/> comes from. O(log n).</summary>
    public int EdgeSource(int edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(edge);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(edge, EdgeCount);
        return _successors.RowOf(edge);
    }

    /// <summary>The node that <paramref name="edge"/> leads to. O(1).</summary>
    public int EdgeTarget(int edge) => _successors.Columns[edge];

    /// <summary>The number of the edge between two nodes, or -1. O(log of the source's references).</summary>
    public int FindEdge(int source, int target)
    {
        int index = Successors(source).BinarySearch(target);
        return index < 0 ? -1 : FirstEdge(source) + index;
    }

    /// <summary>The NAR size of a node in bytes. O(1).</summary>
    public long NarSize(int node) => _sizes[node];

    /// <summary>Whether the path refers to itself. O(1).</summary>
    public bool RefersToItself(int node) => _selfReferences[node];

    /// <summary>The node of a path; false when it is not in the graph. O(log n).</summary>
    public bool TryGetNode(StorePath path, out int node)
    {
        ArgumentNullException.ThrowIfNull(path);
        node = Paths.BinarySearch(path);
        return node >= 0;
    }

    /// <summary>What people call a node: its path's name without the hash, or its number when the graph was made from bare numbers.</summary>
    internal string Label(int node) => Paths.IsEmpty ? node.ToString(CultureInfo.InvariantCulture) : Paths[node].Name;

    /// <summary>The whole path of a node, or its number when the graph was made from bare numbers.</summary>
    internal string FullLabel(int node) => Paths.IsEmpty ? Label(node) : Paths[node].ToString();

    internal bool[] SelfReferences => _selfReferences;

    #region QuikGraph: vertices are nodes, edges are made as they are asked for

    bool IGraph<int, SEquatableEdge<int>>.IsDirected => true;

    bool IGraph<int, SEquatableEdge<int>>.AllowParallelEdges => false;

    bool IVertexSet<int>.IsVerticesEmpty => NodeCount == 0;

    int IVertexSet<int>.VertexCount => NodeCount;

    IEnumerable<int> IVertexSet<int>.Vertices => Enumerable.Range(0, NodeCount);

    bool IEdgeSet<int, SEquatableEdge<int>>.IsEdgesEmpty => EdgeCount == 0;

    IEnumerable<SEquatableEdge<int>> IEdgeSet<int, SEquatableEdge<int>>.Edges => Enumerable.Range(0, NodeCount).SelectMany(OutEdges);

    bool IImplicitVertexSet<int>.ContainsVertex(int vertex) => (uint)vertex < (uint)NodeCount;

    bool IEdgeSet<int, SEquatableEdge<int>>.ContainsEdge(SEquatableEdge<int> edge) => HasEdge(edge.Source, edge.Target);

    bool IIncidenceGraph<int, SEquatableEdge<int>>.ContainsEdge(int source, int target) => HasEdge(source, target);

    bool IIncidenceGraph<int, SEquatableEdge<int>>.TryGetEdge(int source, int target, out SEquatableEdge<int> edge)
    {
        edge = new SEquatableEdge<int>(source, target);
        return HasEdge(source, target);
    }

    bool IIncidenceGraph<int, SEquatableEdge<int>>.TryGetEdges(int source, int target, out IEnumerable<SEquatableEdge<int>> edges)
    {
        edges = HasEdge(source, target) ? [new SEquatableEdge<int>(source, target)] : [];
        return (uint)source < (uint)NodeCount;
    }

    bool IImplicitGraph<int, SEquatableEdge<int>>.IsOutEdgesEmpty(int vertex) => _successors[Vertex(vertex)].IsEmpty;

    int IImplicitGraph<int, SEquatableEdge<int>>.OutDegree(int vertex) => _successors[Vertex(vertex)].Length;

    IEnumerable<SEquatableEdge<int>> IImplicitGraph<int, SEquatableEdge<int>>.OutEdges(int vertex) => OutEdges(Vertex(vertex));

    bool IImplicitGraph<int, SEquatableEdge<int>>.TryGetOutEdges(int vertex, out IEnumerable<SEquatableEdge<int>> edges)
    {
        bool known = (uint)vertex < (uint)NodeCount;
        edges = known ? OutEdges(vertex) : [];
        return known;
    }

    SEquatableEdge<int> IImplicitGraph<int, SEquatableEdge<int>>.OutEdge(int vertex, int index) =>
        new(vertex, _successors[Vertex(vertex)][index]);

    bool IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.IsInEdgesEmpty(int vertex) => _predecessors[Vertex(vertex)].IsEmpty;

    int IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.InDegree(int vertex) => _predecessors[Vertex(vertex)].Length;

    IEnumerable<SEquatableEdge<int>> IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.InEdges(int vertex) => InEdges(Vertex(vertex));

    bool IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.TryGetInEdges(int vertex, out IEnumerable<SEquatableEdge<int>> edges)
    {
        bool known = (uint)vertex < (uint)NodeCount;
        edges = known ? InEdges(vertex) : [];
        return known;
    }

    SEquatableEdge<int> IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.InEdge(int vertex, int index) =>
        new(_predecessors[Vertex(vertex)][index], vertex);

    int IBidirectionalIncidenceGraph<int, SEquatableEdge<int>>.Degree(int vertex) =>
        _successors[Vertex(vertex)].Length + _predecessors[vertex].Length;

    private bool HasEdge(int source, int target) => (uint)source < (uint)NodeCount && FindEdge(source, target) >= 0;

    private int Vertex(int vertex) => (uint)vertex < (uint)NodeCount ? vertex : throw new VertexNotFoundException();

    private IEnumerable<SEquatableEdge<int>> OutEdges(int vertex)
    {
        for (int index = _successors.Starts[vertex]; index < _successors.Starts[vertex + 1]; index++)
        {
            yield return new SEquatableEdge<int>(vertex, _successors.Columns[index]);
        }
    }

    private IEnumerable<SEquatableEdge<int>> InEdges(int vertex)
    {
        for (int index = _predecessors.Starts[vertex]; index < _predecessors.Starts[vertex + 1]; index++)
        {
            yield return new SEquatableEdge<int>(_predecessors.Columns[index], vertex);
        }
    }

    #endregion
}
