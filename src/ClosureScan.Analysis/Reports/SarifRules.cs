using System.Text.Json;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>The tool and its rules, as a SARIF run describes them. Every rule is there in every run, so that its index is its number.</summary>
internal static class SarifRules
{
    private static readonly LeakRule[] Rules = Enum.GetValues<LeakRule>();

    public static int Count => Rules.Length;

    /// <summary>Writes the <c>tool</c> member.</summary>
    /// <param name="json">The run.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="incompleteRule">The name of the rule that an incomplete scan breaks; null when it is complete.</param>
    public static void WriteTool(Utf8JsonWriter json, string version, string? incompleteRule)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ClosureScan");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (LeakRule rule in Rules)
        {
            WriteRule(json, rule.ToName(), RuleDescription.Of(rule));
        }

        if (incompleteRule is not null)
        {
            WriteRule(json, incompleteRule, new RuleDescription(
                "The scan is incomplete.",
                "Something could not be read, or failed a check: what the closure holds there is not known.",
                "Mend what the message names and scan again.",
                "very-high", "error"));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string name, RuleDescription description)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        SarifReport.WriteMessage(json, "shortDescription", description.Short);
        SarifReport.WriteMessage(json, "fullDescription", description.Full);
        SarifReport.WriteMessage(json, "help", description.Help);
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("nix");
        json.WriteStringValue("cross-compilation");
        json.WriteEndArray();
        json.WriteString("precision", description.Precision);
        json.WriteString("problem.severity", description.Severity);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
