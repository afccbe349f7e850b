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

    [Fact]
    public void The_full_report_marks_what_is_accepted_and_what_is_mended()
    {
        using JsonDocument document = JsonDocument.Parse(SampleVerdict.Write("sarif-full", SampleVerdict.Full));
        JsonElement[] results = [.. Run(document).GetProperty("results").EnumerateArray()];

        JsonElement[] suppressed = [.. results.Where(result => result.GetProperty("suppressions").GetArrayLength() > 0)];
        Assert.Equal(SampleVerdict.Full.Accepted.Sum(finding => finding.Occurrences.Length), suppressed.Length);
        Assert.Contains(suppressed, result => result.GetProperty("suppressions")[0].GetProperty("justification").GetString() == "a developer's tool, 100% <wanted>");
        Assert.Equal(SampleVerdict.Full.Gone.Length, results.Count(result => result.GetProperty("baselineState").GetString() == "absent"));
        Assert.NotEmpty(SampleVerdict.Full.Gone);
    }

    [Fact]
    public void Every_result_tells_what_became_of_it_since_the_baseline_or_none_does()
    {
        using JsonDocument compared = Parse(SampleVerdict.Full);
        string?[] states = [.. Run(compared).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("baselineState").GetString())];
        Assert.Contains("unchanged", states);
        Assert.Contains("new", states);

        using JsonDocument alone = JsonDocument.Parse(SampleVerdict.Write("sarif", Policy.Sample.Judge("{}")));
        Assert.All(Run(alone).GetProperty("results").EnumerateArray(), result => Assert.False(result.TryGetProperty("baselineState", out _)));
    }

    private static JsonDocument Parse(PolicyVerdict verdict) => JsonDocument.Parse(SampleVerdict.Write("sarif", verdict));

    private static JsonElement Run(JsonDocument document) => document.RootElement.GetProperty("runs")[0];

    private static string Text(JsonElement rule, string name) => rule.GetProperty(name).GetProperty("text").GetString()!;
}
