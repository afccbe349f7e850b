using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Writes a verdict as JSON, schema <c>closurescan/1</c>; the JSON Schema lies beside this file as
/// <c>closurescan-1.schema.json</c>. Byte for byte the same for equal reports.
/// </summary>
public static class JsonReport
{
    /// <summary>The value of the <c>schema</c> member.</summary>
    public const string Schema = "closurescan/1";

    private const int FlushAt = 64 * 1024;

    // Store paths and shell text should read as they are; the output is a file, never a part of a web page.
    internal static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>
    /// Opens the JSON Schema (draft 7) of everything that is <c>closurescan/1</c>: this report, and those of why, size, cut, what-if,
    /// diff and refs.
    /// </summary>
    public static Stream OpenSchema() =>
        typeof(JsonReport).Assembly.GetManifestResourceStream("closurescan-1.schema.json")!;

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

    private static void Write(ClosureReport report, PolicyVerdict? verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("version", version);
            CommandJson.WritePaths(json, "roots", report.Roots);
            WriteOptional(json, "host", report.Host?.System);
            json.WriteString("hostFrom", report.HostFrom.ToName());
            WriteOptional(json, "build", report.Build?.System);
            WriteScanned(json, report);
            json.WriteNumber("closureSize", report.ClosureSize);
            json.WriteStartArray("paths");
            foreach (AnalyzedPath path in report.Paths)
            {
                WritePath(json, path);
            }

            json.WriteEndArray();
            json.WriteStartArray("findings");
            if (verdict is null)
            {
                foreach (Finding leak in report.Findings)
                {
                    json.WriteStartObject();
                    WriteLeak(json, leak);
                    json.WriteEndObject();
                }
            }
            else
            {
                PolicyJson.WriteFindings(json, verdict);
            }

            json.WriteEndArray();
            LetThroughJson.Write(json, report);
            if (verdict is null)
            {
                CutJson.WriteCut(json, CutFinder.ForLeaks(report));
            }
            else
            {
                PolicyJson.WritePolicy(json, verdict);
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteScanned(Utf8JsonWriter json, ClosureReport report)
    {
        json.WriteStartObject("scanned");
        json.WriteNumber("paths", report.Closure.ReadPathCount);
        json.WriteNumber("files", report.FileCount);
        json.WriteNumber("bytes", report.ByteCount);
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
        CommandJson.WritePaths(json, "references", [.. path.References]);
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

    /// <summary>Writes the members of a finding into the object that was begun.</summary>
    internal static void WriteLeak(Utf8JsonWriter json, Finding leak)
    {
        json.WriteString("rule", leak.Rule);
        json.WriteString("effect", leak.Effect.ToName());
        json.WriteString("from", leak.From.ToString());
        json.WriteString("to", (leak.To ?? leak.From).ToString());
        WriteOptional(json, "platform", leak.Platform);
        json.WriteNumber("files", leak.FileCount);
        WriteEvidence(json, [.. leak.Evidence]);
        CommandJson.WritePaths(json, "chain", leak.Chain);
        json.WriteNumber("addedSize", leak.FreedBytes + leak.ByteCount);
        json.WriteString("fix", leak.Fix);
        json.WriteString("key", leak.Key);
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
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
        json.WriteString("file", evidence.File);
        json.WriteNumber("offset", evidence.Offset);
        json.WriteNumber("narOffset", evidence.NarOffset);
        json.WriteString("mechanism", evidence.Mechanism.ToName());
        WriteOptional(json, "section", evidence.Section);
        if (evidence.SectionOffset is { } sectionOffset)
        {
            json.WriteNumber("sectionOffset", sectionOffset);
        }

        if (evidence.Line is { } line)
        {
            json.WriteNumber("line", line);
            json.WriteNumber("column", evidence.Column ?? 1);
        }

        WriteOptional(json, "context", evidence.Context);
        json.WriteNumber("count", evidence.Count);
        json.WriteEndObject();
    }

    internal static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
