using System.Text.Json;
using System.Text.Json.Nodes;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;
using NJsonSchema;

namespace ClosureScan.Analysis.Tests.Reports;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("full")]
    [InlineData("clean")]
    [InlineData("incomplete")]
    public async Task Every_JSON_report_obeys_its_schema(string which)
    {
        JsonSchema schema = await Load(JsonReport.OpenSchema());
        PolicyVerdict verdict = which == "full" ? SampleVerdict.Full : which == "clean" ? SampleVerdict.Clean : SampleVerdict.Incomplete;
        using MemoryStream plain = new();
        JsonReport.Write(verdict.Report, plain, "1.2.3");

        Assert.Empty(schema.Validate(SampleVerdict.Text("json", verdict)));
        Assert.Empty(schema.Validate(System.Text.Encoding.UTF8.GetString(plain.ToArray())));
    }

    [Fact]
    public async Task Report_that_says_what_was_left_out_obeys_the_schema()
    {
        JsonSchema schema = await Load(JsonReport.OpenSchema());
        ClosureReport report = SampleVerdict.Clean.Report;
        ScanRemark[] remarks = [.. Enum.GetValues<ScanRemarkKind>().Select(kind => new ScanRemark { Kind = kind, Count = 2, Files = kind == 0 ? [] : ["a.gz"] })];
        PathScan scan = new() { NarSize = 0, FileCount = 0, ByteCount = 0, Remarks = [.. remarks] };
        using MemoryStream written = new();
        JsonReport.Write(report with { Model = ClosureModel.Create(report.Closure with { Roots = [report.Closure.Paths[0].Info.Path], Paths = [new ScannedPath(report.Closure.Paths[0].Info, scan)] }), Paths = [] }, written, "1.2.3");

        string text = System.Text.Encoding.UTF8.GetString(written.ToArray());
        Assert.Empty(schema.Validate(text));
        Assert.Equal(
            remarks.Select(remark => remark.Kind.ToName()),
            JsonNode.Parse(text)!["scanned"]!["remarks"]!.AsArray().Select(remark => remark!["kind"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("findings")]
    [InlineData("findings/0/key")]
    [InlineData("findings/0/occurrences/0/rule")]
    [InlineData("scanned/complete")]
    [InlineData("paths/0/side")]
    [InlineData("verdict/outcome")]
    public async Task The_schema_misses_what_is_missing(string path)
    {
        JsonSchema schema = await Load(JsonReport.OpenSchema());
        JsonNode report = JsonNode.Parse(SampleVerdict.Text("json", SampleVerdict.Full))!;
        string[] steps = path.Split('/');
        JsonNode parent = steps[..^1].Aggregate(report, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        Assert.True(parent.AsObject().Remove(steps[^1]), path);

        Assert.NotEmpty(schema.Validate(report.ToJsonString()));
    }

    [Fact]
    public async Task The_report_schema_knows_every_name_of_the_code()
    {
        JsonSchema schema = await Load(JsonReport.OpenSchema());

        Assert.Equal(RuleSet.Default.Rules.Select(rule => rule.Id).Order(), Names(schema.Definitions["knownRule"]));
        Assert.Equal(Enum.GetValues<Mechanism>().Select(mechanism => mechanism.ToName()).Order(), Names(schema.Definitions["evidence"].Properties["mechanism"]));
    }

    [Fact]
    public async Task The_policy_schema_knows_every_name_of_the_code()
    {
        JsonSchema schema = await Load(ClosurePolicy.OpenSchema());

        Assert.Equal(RuleSet.Default.Rules.Select(rule => rule.Id).Order(), schema.Properties["rules"].Properties.Keys.Order());
        Assert.Equal(LegitimateKinds.All.Select(kind => kind.ToName()).Order(), schema.Properties["catalogue"].Properties.Keys.Order());
    }

    [Fact]
    public async Task A_policy_that_the_code_reads_obeys_the_schema()
    {
        JsonSchema schema = await Load(ClosurePolicy.OpenSchema());

        Assert.Empty(schema.Validate("""
            {
              "host": "armv7l-linux", "fail-on": "breaks", "rules": { "build-path": "off" }, "catalogue": { "firmware": false },
              "allow": [{ "package": "curl", "reason": "x", "expires": "2027-01-31" }],
              "forbid": [{ "target": "*-dev", "reason": "x" }],
              "budgets": [{ "root": "pi", "max": "300 MiB", "growth": "5%" }]
            }
            """));
        Assert.NotEmpty(schema.Validate("""{ "rles": {} }"""));
        Assert.NotEmpty(schema.Validate("""{ "allow": [{ "package": "curl" }] }"""));
    }

    private static IEnumerable<string?> Names(JsonSchema schema) => schema.Enumeration.Select(value => value as string).Order();

    private static async Task<JsonSchema> Load(Stream stream)
    {
        using StreamReader reader = new(stream);
        return await JsonSchema.FromJsonAsync(await reader.ReadToEndAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
