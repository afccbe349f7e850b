using System.Buffers;
using System.Globalization;

namespace ClosureScan.Analysis.Graph.Exports;

/// <summary>
/// Tables for spreadsheets and scripts, with a header line and lines that end in a line feed; written as they go, in bounded memory.
/// </summary>
internal static class TableExport
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>
    /// A line a path: <c>path, narSize, closureSize, closureCount, addedSize, addedCount, immediateDominator, isRoot</c>. The
    /// immediate dominator is empty directly under the roots, and where no root reaches.
    /// </summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="sizes">The sizes of the same graph.</param>
    /// <param name="format">Commas or tabs.</param>
    public static void WriteSizes(TextWriter output, ClosureGraph graph, ClosureSizes sizes, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(sizes);
        WriteLine(output, format, "path", "narSize", "closureSize", "closureCount", "addedSize", "addedCount", "immediateDominator", "isRoot");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            int dominator = sizes.Dominators.ImmediateDominator(node);
            WriteLine(
                output,
                format,
                graph.FullLabel(node),
                Text(sizes.SelfSize(node)),
                Text(sizes.ClosureSize(node)),
                Text(sizes.ClosureCount(node)),
                Text(sizes.AddedSize(node)),
                Text(sizes.AddedCount(node)),
                dominator >= 0 ? graph.FullLabel(dominator) : "",
                graph.Roots.BinarySearch(node) >= 0 ? "true" : "false");
        }
    }

    /// <summary>A line a reference: <c>from, to</c>; references of a path to itself included.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="format">Commas or tabs.</param>
    public static void WriteReferences(TextWriter output, ClosureGraph graph, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        WriteLine(output, format, "from", "to");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            string from = graph.FullLabel(node);
            if (graph.RefersToItself(node))
            {
                WriteLine(output, format, from, from);
            }

            foreach (int successor in graph.Successors(node))
            {
                WriteLine(output, format, from, graph.FullLabel(successor));
            }
        }
    }

    /// <summary>
    /// A field as its format wants it. CSV (RFC 4180): in quotes when it holds a comma, a quote or a line break. TSV has no
    /// quotes: tab, line breaks and the backslash are written <c>\t</c>, <c>\n</c>, <c>\r</c> and <c>\\</c>.
    /// </summary>
    internal static string Escape(string field, TableFormat format) => format switch
    {
        TableFormat.Tsv => field
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal),
        _ when field.AsSpan().ContainsAny(NeedsQuotes) => "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"",
        _ => field,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteLine(TextWriter output, TableFormat format, params ReadOnlySpan<string> fields)
    {
        char separator = format == TableFormat.Tsv ? '\t' : ',';
        for (int index = 0; index < fields.Length; index++)
        {
            if (index > 0)
            {
                output.Write(separator);
            }

            output.Write(Escape(fields[index], format));
        }

        output.Write('\n');
    }
}
