using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>What the JSON report tells of foreign code that is right where it is.</summary>
internal static class LetThroughJson
{
    /// <summary>Writes the member <c>letThrough</c>; nothing when nothing was let through.</summary>
    public static void Write(Utf8JsonWriter json, ClosureReport report)
    {
        if (report.LetThrough.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("letThrough");
        foreach (LetThrough item in report.LetThrough)
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind.ToName());
            json.WriteString("reason", item.Kind.Reason());
            json.WriteString("path", item.Path.ToString());
            JsonReport.WriteOptional(json, "to", item.To?.ToString());
            JsonReport.WriteOptional(json, "platform", item.Platform);
            JsonReport.WriteOptional(json, "note", item.Note);
            json.WriteNumber("fileCount", item.FileCount);
            json.WriteStartArray("files");
            foreach (string file in item.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
