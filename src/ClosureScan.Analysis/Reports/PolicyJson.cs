using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>What a policy adds to the JSON report.</summary>
internal static class PolicyJson
{
    public static void WriteFindings(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        WriteFindings(json, verdict.Failing, known: false, fails: true);
        WriteFindings(json, verdict.Warned, known: false, fails: false);
        WriteFindings(json, verdict.Known, known: true, fails: false);
    }

    private static void WriteFindings(Utf8JsonWriter json, IEnumerable<Finding> findings, bool known, bool fails)
    {
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            JsonReport.WriteLeak(json, finding);
            json.WriteString("level", finding.Severity == Severity.Error ? "error" : "warn");
            json.WriteBoolean("known", known);
            json.WriteBoolean("fails", fails);
            json.WriteEndObject();
        }
    }

    public static void WritePolicy(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartObject("policy");
        JsonReport.WriteOptional(json, "file", verdict.Policy.File);
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(verdict.Outcome.ToString()));
        json.WriteString("failOn", JsonNamingPolicy.CamelCase.ConvertName(verdict.Policy.FailOn.ToString()));
        WriteStrings(json, "gaps", verdict.Gaps);
        WriteSuppressed(json, verdict);
        WriteStale(json, verdict);
        WriteBudgets(json, verdict);
        WriteStrings(json, "gone", verdict.Gone.Select((BaselineEntry entry) => entry.ToString()));
        WriteStrings(json, "grown", []);
        json.WriteEndObject();
    }

    private static void WriteSuppressed(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("suppressed");
        foreach (Finding accepted in verdict.Accepted)
        {
            json.WriteStartObject();
            JsonReport.WriteLeak(json, accepted);
            json.WriteString("reason", accepted.Occurrences[0].Status.Because);
            if (accepted.Occurrences[0].Status.Line is > 0 and int line)
            {
                json.WriteNumber("line", line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStale(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("stale");
        foreach (StaleEntry stale in verdict.Stale)
        {
            json.WriteStartObject();
            json.WriteString("entry", stale.Entry.ToString());
            json.WriteNumber("line", stale.Entry.Line);
            JsonReport.WriteOptional(json, "expires", stale.Entry.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteBoolean("expired", stale.IsExpired);
            json.WriteBoolean("matches", stale.IsMatched);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBudgets(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("budgets");
        foreach (BudgetResult budget in verdict.Budgets)
        {
            json.WriteStartObject();
            JsonReport.WriteOptional(json, "root", budget.Root?.ToString());
            json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(budget.State.ToString()));
            json.WriteNumber("size", budget.Size);
            json.WriteNumber("limit", budget.Limit);
            json.WriteString("message", budget.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
