using System.Globalization;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Graph.Exports;

/// <summary>
/// Pictures for Graphviz: boxes named without their hashes, with sizes, roots in bold. Meant for parts that fit a page, such as
/// the chains to one path. Written as it goes, in bounded memory.
/// </summary>
/// <remarks>Not by QuikGraph.Graphviz: it gathers the whole text in memory before anybody reads it, and knows nothing of these pictures but their arrows.</remarks>
internal static class DotExport
{
    /// <summary>The whole closure.</summary>
    public static void WriteGraph(TextWriter output, ClosureGraph graph)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        Begin(output, "closure");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            WriteNode(output, graph, node, graph.NarSize(node));
        }

        for (int node = 0; node < graph.NodeCount; node++)
        {
            foreach (int successor in graph.Successors(node))
            {
                WriteEdge(output, node, successor, "");
            }
        }

        output.Write("}\n");
    }

    /// <summary>The chains to some paths; references on a shortest chain are bold.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="chains">Chains of the same graph.</param>
    public static void WriteChains(TextWriter output, ClosureGraph graph, ChainSubgraph chains)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(chains);
        Begin(output, "chains");
        foreach (int node in chains.Nodes)
        {
            WriteNode(output, graph, node, graph.NarSize(node));
        }

        int shortest = chains.Edges.IsEmpty ? 0 : chains.LengthThrough(chains.Edges[0]);
        foreach (int edge in chains.Edges)
        {
            WriteEdge(output, graph.EdgeSource(edge), graph.EdgeTarget(edge), chains.LengthThrough(edge) == shortest ? " [style=bold]" : "");
        }

        output.Write("}\n");
    }

    /// <summary>A shortest chain from a root to each reference of a cut, the references to cut in red.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="cut">Edges of the graph.</param>
    public static void WriteCut(TextWriter output, ClosureGraph graph, ReadOnlySpan<int> cut)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ShortestPaths paths = ShortestPaths.FromRoots(graph);
        SortedSet<int> nodes = [];
        SortedDictionary<int, string> edges = [];
        foreach (int edge in cut)
        {
            ReadOnlySpan<int> chain = paths.Chain(graph.EdgeSource(edge)).AsSpan();
            nodes.Add(graph.EdgeTarget(edge));
            foreach (int node in chain)
            {
                nodes.Add(node);
            }

            for (int index = 1; index < chain.Length; index++)
            {
                edges.TryAdd(graph.FindEdge(chain[index - 1], chain[index]), "");
            }
        }

        foreach (int edge in cut)
        {
            edges[edge] = " [color=red, style=dashed]";
        }

        Begin(output, "cut");
        foreach (int node in nodes)
        {
            WriteNode(output, graph, node, graph.NarSize(node));
        }

        foreach ((int edge, string attributes) in edges)
        {
            WriteEdge(output, graph.EdgeSource(edge), graph.EdgeTarget(edge), attributes);
        }

        output.Write("}\n");
    }

    /// <summary>The dominator tree, with added sizes, of the paths that add <paramref name="minimumSize"/> bytes or more.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="dominators">The tree of the same graph.</param>
    /// <param name="minimumSize">Leaves out what adds less. A subtree's top adds no less than its parts, so no part hangs in the air.</param>
    public static void WriteDominators(TextWriter output, ClosureGraph graph, DominatorTree dominators, long minimumSize = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(dominators);
        Begin(output, "dominators");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (dominators.IsReachable(node) && dominators.RetainedSize(node) >= minimumSize)
            {
                WriteNode(output, graph, node, dominators.RetainedSize(node));
                if (dominators.ImmediateDominator(node) is not DominatorTree.VirtualRoot and int parent)
                {
                    WriteEdge(output, parent, node, "");
                }
            }
        }

        output.Write("}\n");
    }

    /// <summary>A quoted DOT string: only the quote and the backslash mean something in it, and a line break would end the line.</summary>
    internal static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n") + "\"";

    private static void Begin(TextWriter output, string name) =>
        output.Write($"digraph {name} {{\n  rankdir=LR;\n  node [shape=box];\n");

    private static void WriteNode(TextWriter output, ClosureGraph graph, int node, long size)
    {
        string label = Quote(graph.Label(node) + "\n" + ByteText.Of(size));
        string style = graph.Roots.BinarySearch(node) >= 0 ? ", style=bold" : "";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  n{node} [label={label}, tooltip={Quote(graph.FullLabel(node))}{style}];\n"));
    }

    private static void WriteEdge(TextWriter output, int source, int target, string attributes) =>
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  n{source} -> n{target}{attributes};\n"));
}
