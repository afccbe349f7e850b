using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>Findings, their occurrences and their groups as JSON.</summary>
internal static class FindingJson
{
    /// <summary>Writes the member <c>findings</c>: all of them, the largest tree first, with every occurrence.</summary>
    public static void WriteFindings(Utf8JsonWriter json, ClosureReport report)
    {
        json.WriteStartArray("findings");
        foreach (FindingGroup group in report.Groups)
        {
            foreach (Finding finding in group.Findings)
            {
                json.WriteStartObject();
                json.WriteNumber("number", finding.Number);
                Write(json, finding);
                JsonReport.WriteOptional(json, "group", group.Target?.ToString());
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>groups</c>.</summary>
    public static void WriteGroups(Utf8JsonWriter json, ClosureReport report)
    {
        json.WriteStartArray("groups");
        foreach (FindingGroup group in report.Groups)
        {
            json.WriteStartObject();
            JsonReport.WriteOptional(json, "target", group.Target?.ToString());
            JsonReport.WriteOptional(json, "rule", group.Rule);
            json.WriteNumber("treeBytes", group.TreeBytes);
            json.WriteNumber("freedBytes", group.FreedBytes);
            CommandJson.WritePaths(json, "alsoHeldBy", group.AlsoHeldBy);
            json.WriteBoolean("kept", group.IsKept);
            json.WriteStartArray("findings");
            foreach (Finding finding in group.Findings)
            {
                json.WriteNumberValue(finding.Number);
                CommandJson.FlushIfMuch(json);
            }

            json.WriteEndArray();
            JsonReport.WriteOptional(json, "fix", group.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a list of findings that are part of another document.</summary>
    public static void WriteList(Utf8JsonWriter json, string name, IEnumerable<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            Write(json, finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("rule", finding.Rule);
        json.WriteString("effect", finding.Effect.ToName());
        json.WriteString("severity", finding.Severity.ToName());
        json.WriteString("from", finding.From.ToString());
        JsonReport.WriteOptional(json, "to", finding.To?.ToString());
        json.WriteString("about", finding.Target);
        JsonReport.WriteOptional(json, "platform", finding.Platform);
        CommandJson.WritePaths(json, "chain", finding.Chain);
        json.WriteNumber("freedBytes", finding.FreedBytes);
        json.WriteNumber("byteCount", finding.ByteCount);
        json.WriteString("key", finding.Key);
        json.WriteNumber("fileCount", finding.FileCount);
        json.WriteNumber("occurrenceCount", finding.Occurrences.Length);
        json.WriteStartArray("occurrences");
        foreach (Occurrence occurrence in finding.Occurrences)
        {
            Write(json, occurrence);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Occurrence occurrence)
    {
        json.WriteStartObject();
        if (occurrence.Evidence is { } evidence)
        {
            JsonReport.WritePlace(json, evidence);
        }

        json.WriteNumber("count", occurrence.Count);
        json.WriteString("rule", occurrence.Rule);
        json.WriteString("effect", occurrence.Effect.ToName());
        json.WriteString("severity", occurrence.Severity.ToName());
        json.WriteString("fix", occurrence.Fix);
        json.WriteString("key", occurrence.Key.ToString());
        json.WriteString("status", occurrence.Status.State.ToName());
        JsonReport.WriteOptional(json, "statusBecause", occurrence.Status.Because);
        if (occurrence.Status.Line > 0)
        {
            json.WriteNumber("statusLine", occurrence.Status.Line);
        }

        json.WriteEndObject();
        CommandJson.FlushIfMuch(json);
    }
}
