using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes what a closure would be after some edits as JSON, schema <c>closurescan/2</c>, <c>"command": "what-if"</c>.</summary>
internal static class WhatIfJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="leaks">The closure as it is, analysed.</param>
    /// <param name="report">What it would be.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureReport leaks, WhatIfReport report, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(leaks);
        ArgumentNullException.ThrowIfNull(report);
        CommandJson.Write(output, "what-if", version, leaks.Closure, leaks.HostFrom, leaks.Build, json =>
        {
            CommandJson.WriteSaved(json, leaks.IsSaved);
            WriteEdits(json, report.Edits);
            json.WriteNumber("closureSizeBefore", report.ClosureSizeBefore);
            json.WriteNumber("closureCountBefore", report.ClosureCountBefore);
            json.WriteNumber("closureSizeAfter", report.ClosureSizeAfter);
            json.WriteNumber("closureCountAfter", report.ClosureCountAfter);
            json.WriteNumber("freedBytes", report.FreedBytes);
            CommandJson.WritePaths(json, "freedPaths", report.Freed.Select(path => path.Path));
            json.WriteStartArray("freedSizes");
            foreach (AnalyzedPath path in report.Freed)
            {
                json.WriteNumberValue(path.NarSize);
            }

            json.WriteEndArray();
            WriteStaying(json, report.Staying);
            WriteDropped(json, report.Dropped);
            WriteUndecided(json, report.Undecided);
            WriteFindings(json, "findingsGone", report.FindingsGone);
            WriteFindings(json, "findingsLeft", report.FindingsLeft);
        });
    }

    private static void WriteEdits(Utf8JsonWriter json, ImmutableArray<ProposedEdit> edits)
    {
        json.WriteStartArray("edits");
        foreach (ProposedEdit edit in edits)
        {
            json.WriteStartObject();
            json.WriteString("kind", edit.Kind switch
            {
                ProposedEditKind.DropPaths => "drop-paths",
                ProposedEditKind.DropReferences => "drop-references",
                ProposedEditKind.DropFiles => "drop-files",
                _ => "split-files",
            });
            json.WriteString("text", edit.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDropped(Utf8JsonWriter json, ImmutableArray<(StorePath From, StorePath To)> references)
    {
        json.WriteStartArray("droppedReferences");
        foreach ((StorePath from, StorePath to) in references)
        {
            json.WriteStartObject();
            WriteEnds(json, from, to);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStaying(Utf8JsonWriter json, ImmutableArray<StayingPath> paths)
    {
        json.WriteStartArray("stayingPaths");
        foreach (StayingPath path in paths)
        {
            json.WriteStartObject();
            json.WriteString("path", path.Path.Path.ToString());
            json.WriteNumber("narSize", path.Path.NarSize);
            CommandJson.WritePaths(json, "holders", path.Holders);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUndecided(Utf8JsonWriter json, ImmutableArray<UndecidedReference> references)
    {
        json.WriteStartArray("undecidedReferences");
        foreach (UndecidedReference reference in references)
        {
            json.WriteStartObject();
            WriteEnds(json, reference.From, reference.To);
            json.WriteNumber("knownFiles", reference.KnownFiles);
            json.WriteNumber("fileCount", reference.FileCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, string name, ImmutableArray<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("key", finding.Key);
            json.WriteString("from", finding.From.ToString());
            JsonReport.WriteOptional(json, "to", finding.To?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEnds(Utf8JsonWriter json, StorePath from, StorePath to)
    {
        json.WriteString("from", from.ToString());
        json.WriteString("to", to.ToString());
    }
}
