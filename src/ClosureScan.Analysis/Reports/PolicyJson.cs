using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>What a policy adds to the JSON report.</summary>
internal static class PolicyJson
{
    public static void WriteFindings(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        foreach (JudgedLeak finding in verdict.Findings)
        {
            json.WriteStartObject();
            JsonReport.WriteLeak(json, finding.Leak);
            json.WriteString("level", finding.Level == RuleLevel.Error ? "error" : "warn");
            json.WriteBoolean("known", finding.IsKnown);
            json.WriteBoolean("fails", finding.Fails);
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
        WriteStrings(json, "grown", verdict.Grown.Select((GrownEntry entry) => entry.ToString()));
        json.WriteEndObject();
    }

    private static void WriteSuppressed(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("suppressed");
        foreach (SuppressedLeak suppressed in verdict.Suppressed)
        {
            json.WriteStartObject();
            JsonReport.WriteLeak(json, suppressed.Leak);
            json.WriteString("reason", suppressed.Reason);
            if (suppressed.Entry is { Line: > 0 } entry)
            {
                json.WriteNumber("line", entry.Line);
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
            json.WriteBoolean("matches", stale.IsNeeded);
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
