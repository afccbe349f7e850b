using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>What a check adds to the JSON report.</summary>
internal static class VerdictJson
{
    /// <summary>Writes the member <c>verdict</c>. Lists of occurrences hold their keys.</summary>
    public static void Write(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartObject("verdict");
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(verdict.Outcome.ToString()));
        json.WriteString("failOn", JsonNamingPolicy.CamelCase.ConvertName(verdict.Policy.FailOn.ToString()));
        WriteKeys(json, "failing", verdict.Failing);
        WriteKeys(json, "new", verdict.Report.Findings, occurrence => occurrence.Status.State == OccurrenceState.New && occurrence.Status != OccurrenceStatus.Stronger);
        WriteKeys(json, "stronger", verdict.Report.Findings, occurrence => occurrence.Status == OccurrenceStatus.Stronger);
        WriteKeys(json, "weaker", verdict.Report.Findings, occurrence => occurrence.Status == OccurrenceStatus.Weaker);
        WriteKeys(json, "known", verdict.Known);
        CommandJson.WriteStrings(json, "gone", verdict.Gone.Select((BaselineEntry entry) => entry.ToString()));
        WriteGivenBack(json, verdict);
        WriteKeys(json, "allowed", verdict.Accepted);
        CommandJson.WriteStrings(json, "gaps", verdict.Gaps);
        WriteStale(json, verdict);
        WriteWarnings(json, verdict);
        CommandJson.WriteStrings(json, "strictReasons", verdict.StrictReasons);
        WriteBudgets(json, verdict);
        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, string name, IEnumerable<Finding> findings, Func<Occurrence, bool>? isMeant = null) => CommandJson.WriteStrings(
        json, name, findings.SelectMany(finding => finding.Occurrences).Where(occurrence => isMeant?.Invoke(occurrence) != false).Select(occurrence => occurrence.Key.ToString()));

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

    private static void WriteGivenBack(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("givenBack");
        foreach (SizeChange change in verdict.GivenBack)
        {
            json.WriteStartObject();
            json.WriteString("root", change.Root);
            json.WriteNumber("sizeBefore", change.Before);
            json.WriteNumber("size", change.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWarnings(Utf8JsonWriter json, PolicyVerdict verdict)
    {
        json.WriteStartArray("warnings");
        foreach (PolicyWarning warning in verdict.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("message", warning.Message);
            if (warning.Line > 0)
            {
                json.WriteNumber("line", warning.Line);
            }

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
}
