using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Writes a verdict as JSON, schema <c>closurescan/2</c>; the JSON Schema lies beside this file as
/// <c>closurescan-2.schema.json</c>. Byte for byte the same for equal reports.
/// </summary>
public static class JsonReport
{
    /// <summary>The value of the <c>schema</c> member.</summary>
    public const string Schema = "closurescan/2";

    /// <summary>
    /// Opens the JSON Schema (draft 7) of everything that is <c>closurescan/2</c>: this report, and those of why, size, cut, what-if,
    /// diff and refs.
    /// </summary>
    public static Stream OpenSchema() =>
        typeof(JsonReport).Assembly.GetManifestResourceStream("closurescan-2.schema.json")!;

    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="report">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureReport report, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        Write(report, null, output, version);
    }

    /// <summary>
    /// Writes the report as a policy judged it: <c>findings</c> are those that the policy does not accept, each with its level, and
    /// <c>policy</c> tells the outcome and everything that was accepted.
    /// </summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(PolicyVerdict verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Write(verdict.Report, verdict, output, version);
    }

    private static void Write(ClosureReport report, PolicyVerdict? verdict, Stream output, string version) =>
        CommandJson.Write(output, verdict is null ? "scan" : "check", version, json =>
        {
            CommandJson.WriteClosure(json, report.Closure, report.HostFrom, report.Build);
            json.WriteString("policy", verdict?.Policy.File);
            WriteScanned(json, report);
            json.WriteNumber("closureSize", report.ClosureSize);
            json.WriteStartArray("paths");
            foreach (AnalyzedPath path in report.Paths)
            {
                WritePath(json, path);
            }

            json.WriteEndArray();
            FindingJson.WriteFindings(json, report);
            FindingJson.WriteGroups(json, report);
            LetThroughJson.Write(json, report);
            if (verdict is null)
            {
                CutJson.WriteCut(json, report.Cut());
            }
            else
            {
                VerdictJson.Write(json, verdict);
            }
        });

    private static void WriteScanned(Utf8JsonWriter json, ClosureReport report)
    {
        json.WriteStartObject("scanned");
        json.WriteNumber("pathCount", report.Paths.Length);
        json.WriteNumber("readPathCount", report.Closure.ReadPathCount);
        json.WriteNumber("fileCount", report.FileCount);
        json.WriteNumber("byteCount", report.ByteCount);
        CommandJson.WriteProblems(json, report.Closure.Problems);
        RemarksJson.Write(json, report.Closure);
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, AnalyzedPath path)
    {
        json.WriteStartObject();
        json.WriteString("path", path.Path.ToString());
        json.WriteNumber("narSize", path.NarSize);
        json.WriteNumber("closureSize", path.ClosureSize);
        json.WriteNumber("addedSize", path.AddedSize);
        CommandJson.WritePaths(json, "references", path.References);
        json.WriteString("side", path.Side.ToName());
        json.WriteStartArray("platforms");
        foreach (string platform in path.Platforms)
        {
            json.WriteStringValue(platform);
        }

        json.WriteEndArray();
        json.WriteString("because", path.Because);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>evidence</c> into the object that was begun.</summary>
    internal static void WriteEvidence(Utf8JsonWriter json, EvidenceList pieces)
    {
        json.WriteStartArray("evidence");
        foreach (ReferenceEvidence evidence in pieces)
        {
            WriteEvidence(json, evidence);
        }

        json.WriteEndArray();
    }

    private static void WriteEvidence(Utf8JsonWriter json, ReferenceEvidence evidence)
    {
        json.WriteStartObject();
        WritePlace(json, evidence);
        json.WriteNumber("count", evidence.Count);
        json.WriteEndObject();
    }

    /// <summary>Writes where a hit lies, and what carries it.</summary>
    internal static void WritePlace(Utf8JsonWriter json, ReferenceEvidence evidence)
    {
        json.WriteString("file", evidence.File);
        json.WriteNumber("offset", evidence.Offset);
        json.WriteNumber("narOffset", evidence.NarOffset);
        if (evidence.Line is { } line)
        {
            json.WriteNumber("line", line);
            json.WriteNumber("column", evidence.Column ?? 1);
        }

        json.WriteString("mechanism", evidence.Mechanism.ToName());
        WriteOptional(json, "section", evidence.Section);
        if (evidence.SectionOffset is { } sectionOffset)
        {
            json.WriteNumber("sectionOffset", sectionOffset);
        }

        WriteOptional(json, "context", evidence.Context);
    }

    internal static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
