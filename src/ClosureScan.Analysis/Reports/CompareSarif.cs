using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Writes a comparison as SARIF 2.1.0 for code scanning: a result is one difference that is an error or a warning; one that a baseline knows is left
/// out. Its fingerprint has the package, the kind, the file and the subject, so that an alert lives as long as its cause.
/// </summary>
internal static class CompareSarif
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="judge">Who says what is an error.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureComparison comparison, ComparisonJudge judge, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, version);
            WriteInvocation(json, comparison);
            json.WriteStartArray("results");
            foreach ((PathPair pair, Difference difference, RuleLevel level) in Results(comparison, judge).Take(SarifReport.MaxResults))
            {
                WriteResult(json, pair, difference, level);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static IEnumerable<(PathPair Pair, Difference Difference, RuleLevel Level)> Results(ClosureComparison comparison, ComparisonJudge judge) =>
        from pair in comparison.Pairs
        where !judge.IsKnown(pair)
        from difference in pair.Differences
        let level = judge.LevelOf(difference)
        where level is RuleLevel.Error or RuleLevel.Warning
        orderby level descending
        select (pair, difference, level);

    private static void WriteTool(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "closurescan");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (DifferenceKind kind in DifferenceKinds.Values)
        {
            json.WriteStartObject();
            json.WriteString("id", kind.ToName());
            WriteText(json, "shortDescription", kind.Title());
            WriteText(json, "fullDescription", kind.Explanation());
            WriteText(json, "help", $"{kind.Explanation()} For example: {kind.Example()}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, ClosureComparison comparison)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", comparison.IsComplete);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, PathPair pair, Difference difference, RuleLevel level)
    {
        string package = PackageNames.Of(pair.Native);
        json.WriteStartObject();
        json.WriteString("ruleId", difference.Kind.ToName());
        json.WriteNumber("ruleIndex", (int)difference.Kind);
        json.WriteString("level", level == RuleLevel.Error ? "error" : "warning");
        WriteText(json, "message", VisibleText.Of($"{package}: {difference.File} {difference.Subject}: {difference.Cross ?? "nothing"} (cross), {difference.Native ?? "nothing"} (native). {difference.Meaning} {difference.Cause}").Trim());
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri.EscapeDataString($"closure/{package}/{difference.File}").Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", $"{ReportedOccurrence.Hash($"{package} {difference.Kind.ToName()} {difference.File} {difference.Subject}")}:1");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
