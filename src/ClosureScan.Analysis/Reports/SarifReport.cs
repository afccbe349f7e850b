using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// SARIF 2.1.0 as GitHub code scanning reads it. A result is one file of one finding; its fingerprint is made of the baseline key, so an
/// alert lives as long as its cause, over rebuilds and updates. GitHub knows no suppressed results and would open an alert for each, so only
/// active findings are written; the run always has a <c>results</c> array, since an upload without results closes the alerts that were mended.
/// </summary>
internal static class SarifReport
{
    /// <summary>The most results that GitHub keeps of a run. The worst come first; the rest is counted in the run's <c>omittedResults</c>.</summary>
    public const int MaxResults = 5000;

    private const int MaxNotifications = 100;
    private const string IncompleteRule = "incomplete-scan";
    private const int FlushAt = 64 * 1024;

    // As in the JSON report: a file, never a part of a web page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(PolicyVerdict verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            SarifRules.WriteTool(json, verdict.Report, version, verdict.Gaps.IsEmpty ? null : IncompleteRule);
            WriteAutomationDetails(json, verdict.Report);
            WriteInvocation(json, verdict);
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteResults(json, verdict);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The category under which GitHub keeps the alerts: the roots' packages and the host, so that two images do not close each other's alerts.</summary>
    private static void WriteAutomationDetails(Utf8JsonWriter json, ClosureReport report)
    {
        IEnumerable<string> roots = report.Roots.Select(PackageNames.Of).Distinct().Take(4);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"closurescan/{string.Join('+', roots)}/{report.Host?.System ?? "unknown"}/");
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", verdict.Gaps.IsEmpty);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (string gap in verdict.Gaps.Take(MaxNotifications))
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            WriteMessage(json, "message", FindingText.Clip(gap));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResults(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        long written = 0;
        long omitted = 0;
        json.WriteStartArray("results");
        if (!verdict.Gaps.IsEmpty)
        {
            WriteIncomplete(json, verdict);
            written++;
        }

        foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict))
        {
            if (written == MaxResults)
            {
                omitted++;
                continue;
            }

            WriteResult(json, item, verdict.Report);
            written++;
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteNumber("omittedResults", omitted);
        json.WriteNumber("suppressedResults", verdict.Accepted.Sum(finding => finding.Occurrences.Length));
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, ReportedOccurrence item, ClosureReport report)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", item.Occurrence.Rule);
        json.WriteNumber("ruleIndex", SarifRules.IndexOf(report, item.Occurrence.Rule));
        json.WriteString("level", item.Fails ? "error" : item.IsKnown ? "note" : "warning");
        WriteMessage(json, "message", FindingText.Message(item, report));
        json.WriteStartArray("locations");
        WriteLocation(json, item.StablePath, item.Occurrence.Line ?? 1, item.Occurrence.Evidence?.Column ?? 1, item.Occurrence.File is { Length: > 0 } file ? $"{item.Finding.From}/{file}" : item.Finding.From.ToString());
        json.WriteEndArray();
        WriteFingerprint(json, $"{item.KeyHash}:{item.Number.ToString(CultureInfo.InvariantCulture)}");
        json.WriteStartObject("properties");
        json.WriteString("key", item.Occurrence.Key.ToString());
        json.WriteString("effect", item.Occurrence.Effect.ToName());
        json.WriteNumber("freedBytes", item.Finding.FreedBytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An incomplete scan is a result of its own: an upload without any would look like a clean one.</summary>
    private static void WriteIncomplete(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", IncompleteRule);
        json.WriteNumber("ruleIndex", SarifRules.IndexOf(verdict.Report, null));
        json.WriteString("level", "error");
        WriteMessage(json, "message", $"The scan is incomplete, so other alerts may be missing. {FindingText.Clip(verdict.Gaps[0])}");
        json.WriteStartArray("locations");
        WriteLocation(json, "closure", 1, 1, verdict.Report.Roots.FirstOrDefault()?.ToString() ?? "closure");
        json.WriteEndArray();
        WriteFingerprint(json, $"{ReportedOccurrence.Hash(IncompleteRule)}:1");
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string path, int line, int column, string storeFile)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", Math.Max(line, 1));
        json.WriteNumber("startColumn", Math.Max(column, 1));
        json.WriteNumber("endLine", Math.Max(line, 1));
        json.WriteNumber("endColumn", (long)Math.Max(column, 1) + 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", storeFile);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFingerprint(Utf8JsonWriter json, string fingerprint)
    {
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", fingerprint);
        json.WriteEndObject();
    }

    internal static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
