using System.Text.Json;

namespace ClosureScan.Analysis.Graph.Exports;

/// <summary>
/// The closure as one JSON object, named as the report names things: <c>roots</c>; <c>paths</c> with <c>path</c>, <c>narSize</c>,
/// <c>references</c> and, when sizes are given, <c>closureSize</c>, <c>closureCount</c>, <c>addedSize</c>, <c>addedCount</c> and
/// <c>immediateDominator</c> (null directly under the roots, and where no root reaches); <c>missingReferences</c>.
/// </summary>
internal static class JsonExport
{
    /// <summary>Small enough to stay in a cache, large enough that a file is written in few calls.</summary>
    private const int FlushThreshold = 64 * 1024;

    /// <summary>Writes one object, flushing as it goes, so that memory stays bounded when <paramref name="json"/> writes to a stream.</summary>
    /// <param name="json">Stands where a value may stand; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="sizes">The sizes of the same graph, or null to leave them out.</param>
    public static void Write(Utf8JsonWriter json, ClosureGraph graph, ClosureSizes? sizes = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(graph);
        json.WriteStartObject();
        json.WriteStartArray("roots");
        foreach (int root in graph.Roots)
        {
            json.WriteStringValue(graph.FullLabel(root));
        }

        json.WriteEndArray();
        WritePaths(json, graph, sizes);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes the members <c>paths</c> and <c>missingReferences</c> into the object that was begun.</summary>
    internal static void WritePaths(Utf8JsonWriter json, ClosureGraph graph, ClosureSizes? sizes)
    {
        json.WriteStartArray("paths");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            WritePath(json, graph, sizes, node);
            if (json.BytesPending > FlushThreshold)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("missingReferences");
        foreach (MissingReference missing in graph.MissingReferences)
        {
            json.WriteStartObject();
            json.WriteString("from", missing.From.ToString());
            json.WriteString("to", missing.To.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, ClosureGraph graph, ClosureSizes? sizes, int node)
    {
        json.WriteStartObject();
        json.WriteString("path", graph.FullLabel(node));
        json.WriteNumber("narSize", graph.NarSize(node));
        if (sizes is not null)
        {
            json.WriteNumber("closureSize", sizes.ClosureSize(node));
            json.WriteNumber("closureCount", sizes.ClosureCount(node));
            json.WriteNumber("addedSize", sizes.AddedSize(node));
            json.WriteNumber("addedCount", sizes.AddedCount(node));
            int dominator = sizes.Dominators.ImmediateDominator(node);
            json.WriteString("immediateDominator", dominator >= 0 ? graph.FullLabel(dominator) : null);
        }

        json.WriteStartArray("references");
        bool selfPending = graph.RefersToItself(node);
        foreach (int successor in graph.Successors(node))
        {
            if (selfPending && successor > node)
            {
                json.WriteStringValue(graph.FullLabel(node));
                selfPending = false;
            }

            json.WriteStringValue(graph.FullLabel(successor));
        }

        if (selfPending)
        {
            json.WriteStringValue(graph.FullLabel(node));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
