using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes a cut as JSON, schema <c>closurescan/2</c>, <c>"command": "cut"</c>; and as the member <c>cut</c> of a scan.</summary>
internal static class CutJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="cut">The cut.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureReport report, ClosureCut cut, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(cut);
        CommandJson.Write(output, "cut", version, report.Closure, report.HostFrom, report.Build, json =>
        {
            CommandJson.WriteSaved(json, report.IsSaved);
            json.WriteNumber("closureSize", report.ClosureSize);
            CommandJson.WritePaths(json, "targets", cut.Targets);
            CommandJson.WritePaths(json, "kept", cut.Kept);
            json.WriteBoolean("possible", cut.IsPossible);
            json.WriteBoolean("forced", cut.IsForced);
            CommandJson.WritePaths(json, "uncuttableChain", cut.UncuttableChain);
            WriteCut(json, cut);
            WriteBest(json, cut);
        });
    }

    /// <summary>Writes the member <c>cut</c>.</summary>
    internal static void WriteCut(Utf8JsonWriter json, ClosureCut cut)
    {
        json.WriteStartObject("cut");
        json.WriteStartArray("edits");
        foreach (ClosureEdit edit in cut.Edits)
        {
            WriteEdit(json, edit);
        }

        json.WriteEndArray();
        json.WriteNumber("editCount", cut.EditCount);
        json.WriteNumber("freedBytes", cut.FreedBytes);
        CommandJson.WritePaths(json, "freedPaths", cut.Freed);
        json.WriteNumber("closureSizeAfter", cut.ClosureSizeAfter);
        json.WriteNumber("closureCountAfter", cut.ClosureCountAfter);
        CommandJson.WriteStrings(json, "findingsLeft", cut.Left.Select(finding => finding.Key));
        json.WriteEndObject();
    }

    private static void WriteEdit(Utf8JsonWriter json, ClosureEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("from", edit.From.ToString());
        JsonReport.WriteOptional(json, "to", edit.To?.ToString());
        json.WriteStartArray("files");
        foreach (string file in edit.Files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteNumber("fileCount", edit.FileCount);
        JsonReport.WriteEvidence(json, edit.Evidence);
        json.WriteNumber("freedAlone", edit.FreedAlone);
        JsonReport.WriteOptional(json, "fix", edit.Fix);
        json.WriteEndObject();
    }

    /// <summary>What single edits would free: the paths and the references, most first.</summary>
    private static void WriteBest(Utf8JsonWriter json, ClosureCut cut)
    {
        json.WriteStartArray("bestPaths");
        foreach ((StorePath path, long freed) in cut.BestPaths)
        {
            json.WriteStartObject();
            json.WriteString("path", path.ToString());
            json.WriteNumber("freedBytes", freed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("bestReferences");
        foreach ((StorePath from, StorePath to, long freed) in cut.BestReferences)
        {
            json.WriteStartObject();
            json.WriteString("from", from.ToString());
            json.WriteString("to", to.ToString());
            json.WriteNumber("freedBytes", freed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
