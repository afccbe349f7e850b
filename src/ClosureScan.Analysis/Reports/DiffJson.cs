using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes the difference of two closures as JSON, schema <c>closurescan/2</c>, <c>"command": "diff"</c>.</summary>
internal static class DiffJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="diff">The difference.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureDiff diff, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        CommandJson.Write(output, "diff", version, json =>
        {
            WriteSide(json, "before", diff.Before);
            WriteSide(json, "after", diff.After);
            json.WriteNumber("delta", diff.Delta);
            json.WriteNumber("sameCount", diff.SameCount);
            json.WriteStartArray("changes");
            foreach (PathChange change in diff.Changes)
            {
                WriteChange(json, change);
            }

            json.WriteEndArray();
            CommandJson.WriteStrings(json, "remarks", diff.Remarks);
            FindingJson.WriteList(json, "new", diff.Select(OccurrenceChange.New));
            FindingJson.WriteList(json, "stronger", diff.Select(OccurrenceChange.Stronger));
            FindingJson.WriteList(json, "weaker", diff.Select(OccurrenceChange.Weaker));
            FindingJson.WriteList(json, "same", diff.Select(OccurrenceChange.Same));
            CommandJson.WriteStrings(json, "gone", diff.Comparison.Gone.Select(entry => entry.ToString()));
        });
    }

    private static void WriteSide(Utf8JsonWriter json, string name, ClosureSnapshot side)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("roots");
        foreach (int root in side.Graph.Roots)
        {
            json.WriteStringValue(side.Graph.Paths[root].ToString());
        }

        json.WriteEndArray();
        CommandJson.WriteHost(json, side.Host);
        json.WriteString("depth", side.Depth.ToName());
        json.WriteNumber("closureSize", ClosureDiff.Sum(side.Graph));
        json.WriteNumber("closureCount", side.Graph.NodeCount);
        CommandJson.WriteProblems(json, side.Problems);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, PathChange change)
    {
        json.WriteStartObject();
        JsonReport.WriteOptional(json, "before", change.Before?.ToString());
        JsonReport.WriteOptional(json, "after", change.After?.ToString());
        json.WriteNumber("delta", change.Delta);
        if (change.BroughtBy is { } edge)
        {
            json.WriteStartObject("broughtBy");
            json.WriteString("from", edge.From.ToString());
            json.WriteString("to", edge.To.ToString());
            JsonReport.WriteEvidence(json, change.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
