using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using QuikGraph;
using QuikGraph.Algorithms;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// The shortest chains from the roots to a node, one by one: QuikGraph's ranked shortest paths (Hoffman and Pavley, A method for the solution of the
/// nth best path problem, 1959) on the union of the chains. No chain goes through a node twice.
/// </summary>
internal static class RankedChains
{
    /// <summary>The roots have one vertex before them: QuikGraph asks for a single beginning.</summary>
    private const int BeforeRoots = -1;

    /// <summary>
    /// Up to <paramref name="count"/> different chains, none left out that is shorter than one of them; by length, in path order among equals, but the
    /// one that <see cref="ShortestPaths"/> tells first.
    /// </summary>
    /// <param name="graph">The closure.</param>
    /// <param name="target">Where the chains end.</param>
    /// <param name="count">The most chains.</param>
    public static ImmutableArray<ImmutableArray<int>> Find(ClosureGraph graph, int target, int count)
    {
        ShortestPaths paths = ShortestPaths.FromRoots(graph);
        if (!paths.IsReachable(target))
        {
            return [];
        }

        ImmutableArray<int> first = paths.Chain(target);
        return count == 1
            ? [first]
            : [first, .. Rank(Union(graph, target), target, count).Where(chain => !chain.SequenceEqual(first)).Take(count - 1).OrderBy(chain => chain.Length).ThenBy(chain => chain, ByNodes)];
    }

    private static Comparer<ImmutableArray<int>> ByNodes => Comparer<ImmutableArray<int>>.Create((left, right) => left.AsSpan().SequenceCompareTo(right.AsSpan()));

    private static BidirectionalGraph<int, SEquatableEdge<int>> Union(ClosureGraph graph, int target)
    {
        ChainSubgraph chains = ChainSubgraph.Compute(graph, [target]);
        BidirectionalGraph<int, SEquatableEdge<int>> union = new(allowParallelEdges: false, chains.Nodes.Length + 1);
        union.AddVertex(BeforeRoots);
        union.AddVertexRange(chains.Nodes);
        union.AddEdgeRange(chains.Edges.Select(edge => new SEquatableEdge<int>(graph.EdgeSource(edge), graph.EdgeTarget(edge))));
        union.AddEdgeRange(graph.Roots.ToArray().Where(chains.Contains).Select(root => new SEquatableEdge<int>(BeforeRoots, root)));
        return union;
    }

    // QuikGraph reads its table of distances through the property's getter, which it looks up by name: natively compiled it would be gone.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Dictionary<int, double>))]
    private static IEnumerable<ImmutableArray<int>> Rank(BidirectionalGraph<int, SEquatableEdge<int>> union, int target, int count) =>
        union.RankedShortestPathHoffmanPavley(_ => 1, BeforeRoots, target, count).Select(chain => (ImmutableArray<int>)[.. chain.Select(edge => edge.Target)]);
}
