using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// SARIF 2.1.0 as GitHub code scanning reads it. A result is one file of one finding; its fingerprint is made of the baseline key, so an
/// alert lives as long as its cause, over rebuilds and updates. GitHub knows no suppressed results and would open an alert for each, so what the
/// policy accepts, and what is gone from the baseline, is written for other viewers alone; the run always has a <c>results</c> array, since an
/// upload without results closes the alerts that were mended.
/// </summary>
internal static class SarifReport
{
    /// <summary>The most results that GitHub keeps of a run. The worst come first; the rest is counted in the run's <c>omittedResults</c>.</summary>
    public const int MaxResults = 5000;

    private const int MaxNotifications = 100;
    private const string IncompleteRule = "incomplete-scan";
    private const int FlushAt = 64 * 1024;

    // As in the JSON report: a file, never a part of a web page.
    /// <summary>Writes what of a verdict is open.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(PolicyVerdict verdict, Stream output, string version) => Write(verdict, output, version, isFull: false);

    /// <summary>Writes all of a verdict: what the policy accepts as suppressed, what is gone from the baseline as absent.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void WriteFull(PolicyVerdict verdict, Stream output, string version) => Write(verdict, output, version, isFull: true);

    private static void Write(PolicyVerdict verdict, Stream output, string version, bool isFull)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, json =>
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
            WriteResults(json, verdict, isFull);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
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

    private static void WriteResults(Utf8JsonWriter json, PolicyVerdict verdict, bool isFull)
    {
        long written = 0;
        long omitted = 0;
        json.WriteStartArray("results");
        if (!verdict.Gaps.IsEmpty)
        {
            WriteIncomplete(json, verdict, isFull);
            written++;
        }

        foreach (ReportedOccurrence item in isFull ? ReportedOccurrence.All(verdict) : ReportedOccurrence.Open(verdict))
        {
            if (written == MaxResults)
            {
                omitted++;
                continue;
            }

            WriteResult(json, item, verdict, isFull);
            written++;
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        foreach (BaselineEntry entry in isFull ? verdict.Gone : [])
        {
            if (written++ < MaxResults)
            {
                WriteAbsent(json, entry, verdict);
            }
            else
            {
                omitted++;
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteNumber("omittedResults", omitted);
        json.WriteNumber("suppressedResults", verdict.Accepted.Sum(finding => finding.Occurrences.Length));
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, ReportedOccurrence item, PolicyVerdict verdict, bool isFull)
    {
        ClosureReport report = verdict.Report;
        json.WriteStartObject();
        json.WriteString("ruleId", item.Occurrence.Rule);
        json.WriteNumber("ruleIndex", SarifRules.IndexOf(report, item.Occurrence.Rule));
        json.WriteString("level", item.Fails ? "error" : item.IsKnown ? "note" : "warning");
        WriteMessage(json, "message", FindingText.Message(item, report));
        json.WriteStartArray("locations");
        WriteLocation(json, item.StablePath, item.Occurrence.Line ?? 1, item.Occurrence.Evidence?.Column ?? 1, item.Occurrence.File is { Length: > 0 } file ? $"{item.Finding.From}/{file}" : item.Finding.From.ToString());
        json.WriteEndArray();
        WriteFingerprint(json, $"{item.KeyHash}:{item.Number.ToString(CultureInfo.InvariantCulture)}");
        WriteBaselineState(json, verdict, item.Occurrence.Status);
        if (isFull)
        {
            WriteSuppressions(json, item.Occurrence.Status);
        }

        json.WriteStartObject("properties");
        json.WriteString("key", item.Occurrence.Key.ToString());
        json.WriteString("effect", item.Occurrence.Effect.ToName());
        json.WriteNumber("freedBytes", item.Finding.FreedBytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What became of a result since the baseline, of which the standard wants to know for all results or for none.</summary>
    private static void WriteBaselineState(Utf8JsonWriter json, PolicyVerdict verdict, OccurrenceStatus status)
    {
        if (verdict.Comparison is not null)
        {
            json.WriteString("baselineState", status == OccurrenceStatus.Stronger || status == OccurrenceStatus.Weaker ? "updated" : status.State == OccurrenceState.Known ? "unchanged" : "new");
        }
    }

    /// <summary>By which entry of the policy a result is accepted; an empty list says that it is not.</summary>
    private static void WriteSuppressions(Utf8JsonWriter json, OccurrenceStatus status)
    {
        json.WriteStartArray("suppressions");
        if (!status.IsOpen)
        {
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            json.WriteString("justification", FindingText.Clip(status.Because ?? "accepted by the policy"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A line of the baseline that was mended.</summary>
    private static void WriteAbsent(Utf8JsonWriter json, BaselineEntry entry, PolicyVerdict verdict)
    {
        OccurrenceKey key = entry.Key;
        string path = key.File is OccurrenceKey.NoFile or BaselineEntry.OtherFiles ? $"closure/{key.Package}" : $"closure/{key.Package}/{key.File}";
        json.WriteStartObject();
        json.WriteString("ruleId", key.Rule);
        json.WriteString("level", "none");
        json.WriteString("kind", "pass");
        WriteMessage(json, "message", FindingText.Clip($"Mended: {entry}"));
        json.WriteStartArray("locations");
        WriteLocation(json, path, 1, 1, verdict.Report.Roots.FirstOrDefault()?.ToString() ?? "closure");
        json.WriteEndArray();
        WriteFingerprint(json, $"{ReportedOccurrence.Hash(key.ToString())}:1");
        json.WriteString("baselineState", "absent");
        json.WriteStartArray("suppressions");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An incomplete scan is a result of its own: an upload without any would look like a clean one.</summary>
    private static void WriteIncomplete(Utf8JsonWriter json, PolicyVerdict verdict, bool isFull)
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
        WriteBaselineState(json, verdict, OccurrenceStatus.New);
        if (isFull)
        {
            WriteSuppressions(json, OccurrenceStatus.New);
        }

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
