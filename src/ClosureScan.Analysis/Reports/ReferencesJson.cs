using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes references that were found in some bytes as JSON, schema <c>closurescan/2</c>, <c>"command": "refs"</c>.</summary>
internal static class ReferencesJson
{
    /// <summary>Writes an object with the schema and a list of <c>references</c>: target, count, files, evidence.</summary>
    /// <param name="found">What was found, with what to call each target.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ImmutableArray<(string Target, FoundReference Found)> found, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(output);
        CommandJson.Write(output, "refs", version, json =>
        {
            json.WriteStartArray("references");
            foreach ((string target, FoundReference reference) in found)
            {
                json.WriteStartObject();
                json.WriteString("target", target);
                json.WriteNumber("count", reference.Count);
                json.WriteNumber("fileCount", reference.FileCount);
                JsonReport.WriteEvidence(json, reference.Evidence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
