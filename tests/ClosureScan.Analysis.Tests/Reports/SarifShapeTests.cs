using System.Text.Json;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>What GitHub's code scanning demands of a SARIF file, as its documentation says.</summary>
public sealed class SarifShapeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_rule_and_result_has_what_GitHub_asks_for(bool complete)
    {
        using JsonDocument document = Parse(complete ? SampleVerdict.Full : SampleVerdict.Incomplete);
        JsonElement run = Run(document);
        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];

        Assert.Equal(rules.Length, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.InRange(Text(rule, "shortDescription").Length, 1, 1024);
            Assert.InRange(Text(rule, "fullDescription").Length, 1, 1024);
            Assert.NotEmpty(Text(rule, "help"));
            Assert.Contains(rule.GetProperty("properties").GetProperty("precision").GetString(), (string[])["very-high", "high", "medium", "low"]);
            Assert.Contains(rule.GetProperty("properties").GetProperty("problem.severity").GetString(), (string[])["error", "warning", "recommendation"]);
        });
        Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
        {
            int index = result.GetProperty("ruleIndex").GetInt32();
            Assert.Equal(rules[index].GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            JsonElement location = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            string uri = location.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Assert.True(Uri.TryCreate(uri, UriKind.Relative, out _) && !uri.StartsWith('/') && !uri.Contains(':', StringComparison.Ordinal), uri);
            JsonElement region = location.GetProperty("region");
            Assert.True(region.GetProperty("endLine").GetInt32() >= region.GetProperty("startLine").GetInt32());
            Assert.True(region.GetProperty("endColumn").GetInt32() > region.GetProperty("startColumn").GetInt32());
            Assert.Matches("^[0-9a-f]{64}:[0-9]+$", result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString());
        });
    }

    [Fact]
    public void A_clean_closure_has_an_empty_list_of_results()
    {
        using JsonDocument document = Parse(SampleVerdict.Clean);

        Assert.Equal(JsonValueKind.Array, Run(document).GetProperty("results").ValueKind);
        Assert.Empty(Run(document).GetProperty("results").EnumerateArray());
        Assert.True(Run(document).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Accepted_findings_open_no_alert()
    {
        using JsonDocument document = Parse(SampleVerdict.Full);

        Assert.NotEmpty(SampleVerdict.Full.Accepted);
        Assert.DoesNotContain("foreign-reference curl", Run(document).GetProperty("results").GetRawText(), StringComparison.Ordinal);
    }

    private static JsonDocument Parse(PolicyVerdict verdict) => JsonDocument.Parse(SampleVerdict.Write("sarif", verdict));

    private static JsonElement Run(JsonDocument document) => document.RootElement.GetProperty("runs")[0];

    private static string Text(JsonElement rule, string name) => rule.GetProperty(name).GetProperty("text").GetString()!;
}
