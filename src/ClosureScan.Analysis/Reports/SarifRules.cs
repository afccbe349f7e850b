using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;

namespace ClosureScan.Analysis.Reports;

/// <summary>The tool and its rules, as a SARIF run describes them. Every rule is there in every run, so that its index is its number.</summary>
internal static class SarifRules
{
    /// <summary>The place of a rule in the list; of the rule that an incomplete scan breaks for null.</summary>
    public static int IndexOf(ClosureReport report, string? rule) =>
        rule is null ? report.Rules.Rules.Length : report.Rules.Rules.IndexOf(report.Rules.Rules.First(candidate => candidate.Id == rule));

    /// <summary>Writes the <c>tool</c> member.</summary>
    /// <param name="json">The run.</param>
    /// <param name="report">The report, with its rules.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="incompleteRule">The name of the rule that an incomplete scan breaks; null when it is complete.</param>
    public static void WriteTool(Utf8JsonWriter json, ClosureReport report, string version, string? incompleteRule)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ClosureScan");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (Rule rule in report.Rules.Rules)
        {
            WriteRule(json, rule.Id, rule.Title, rule.Explanation, rule.Advice, rule.Precision, rule.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "recommendation",
            });
        }

        if (incompleteRule is not null)
        {
            WriteRule(
                json,
                incompleteRule,
                "The scan is incomplete.",
                "Something could not be read, or failed a check: what the closure holds there is not known.",
                "Mend what the message names and scan again.",
                "very-high",
                "error");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string name, string title, string explanation, string help, string precision, string severity)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        SarifReport.WriteMessage(json, "shortDescription", title);
        SarifReport.WriteMessage(json, "fullDescription", explanation);
        SarifReport.WriteMessage(json, "help", help);
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("nix");
        json.WriteStringValue("cross-compilation");
        json.WriteEndArray();
        json.WriteString("precision", precision);
        json.WriteString("problem.severity", severity);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
