using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// GitLab's code quality report: a JSON array, one entry a file of a finding, empty when there is nothing. GitLab compares the
/// fingerprints of two branches, so they are made of the baseline key.
/// </summary>
internal static class GitLabReport
{
    /// <summary>The most entries; an entry at the end counts the rest.</summary>
    public const int MaxEntries = 5000;

    private const int FlushAt = 64 * 1024;

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(PolicyVerdict verdict, Stream output)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, json =>
        {
            json.WriteStartArray();
            if (!verdict.Gaps.IsEmpty)
            {
                WriteEntry(json, "incomplete-scan", $"The scan is incomplete. {FindingText.Clip(verdict.Gaps[0])}", "blocker", ReportedOccurrence.Hash("incomplete-scan"), "closure", 1);
            }

            int written = 0;
            int omitted = 0;
            foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict))
            {
                if (written == MaxEntries)
                {
                    omitted++;
                    continue;
                }

                string fingerprint = item.Number == 1 ? item.KeyHash : ReportedOccurrence.Hash(string.Create(CultureInfo.InvariantCulture, $"{item.Occurrence.Key} {item.Number}"));
                WriteEntry(json, item.Occurrence.Rule, FindingText.Message(item, verdict.Report), Severity(item), fingerprint, item.StablePath, item.Occurrence.Line ?? 1);
                written++;
                if (json.BytesPending > FlushAt)
                {
                    json.Flush();
                }
            }

            if (omitted > 0)
            {
                WriteEntry(json, "omitted", string.Create(CultureInfo.InvariantCulture, $"{omitted:N0} more findings are not listed here; the JSON report has them all."), "info", ReportedOccurrence.Hash("omitted"), "closure", 1);
            }

            json.WriteEndArray();
        });
    }

    private static string Severity(ReportedOccurrence item) => (item.Fails, item.Occurrence.Effect) switch
    {
        (false, _) => "info",
        (_, Effect.Breaks) => "critical",
        _ => "major",
    };

    private static void WriteEntry(Utf8JsonWriter json, string check, string description, string severity, string fingerprint, string path, int line)
    {
        json.WriteStartObject();
        json.WriteString("description", description);
        json.WriteString("check_name", check);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("severity", severity);
        json.WriteStartObject("location");
        json.WriteString("path", path);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", Math.Max(line, 1));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
