using System.Text.Json.Nodes;
using ClosureScan.Analysis.Policy;
using ClosureScan.Testing;
using NJsonSchema;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>SARIF reports obey the schema of the standard, which <c>sarif-schema.sh</c> fetches into the user's cache folder.</summary>
public sealed class SarifSchemaTests
{
    private const string FileName = "sarif-2.1.0-rtm.5.json";

    private static readonly Dictionary<string, PolicyVerdict> Verdicts = new()
    {
        ["full"] = SampleVerdict.Full,
        ["clean"] = SampleVerdict.Clean,
        ["incomplete"] = SampleVerdict.Incomplete,
        ["huge"] = SampleVerdict.Huge,
    };

    public static TheoryData<string> Names => [.. Verdicts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Report_obeys_the_standard(string verdict)
    {
        JsonSchema schema = await Load();
        Assert.Empty(schema.Validate(SampleVerdict.Text("sarif", Verdicts[verdict])));
        Assert.Empty(schema.Validate(SampleVerdict.Text("sarif-full", Verdicts[verdict])));
    }

    [Theory]
    [InlineData("version", "\"2.0.0\"")]
    [InlineData("runs/0/tool", null)]
    [InlineData("runs/0/results/0/message", null)]
    [InlineData("runs/0/results/0/level", "\"fatal\"")]
    [InlineData("runs/0/results/0/locations/0/physicalLocation/region/startLine", "0")]
    [InlineData("runs/0/results/0/colour", "1")]
    public async Task Report_with_a_mistake_does_not(string path, string? value)
    {
        JsonSchema schema = await Load();
        JsonNode report = JsonNode.Parse(SampleVerdict.Text("sarif", SampleVerdict.Full))!;
        string[] steps = path.Split('/');
        JsonObject parent = steps[..^1].Aggregate(report, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!).AsObject();
        if (value is null)
        {
            Assert.True(parent.Remove(steps[^1]), path);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        Assert.NotEmpty(schema.Validate(report.ToJsonString()));
    }

    private static async Task<JsonSchema> Load()
    {
        string file = Path.Combine(TestCache.Folder, "sarif", FileName);
        if (!File.Exists(file))
        {
            RequiredTool.Missing($"the schema {file}; tests/ClosureScan.Analysis.Tests/Reports/sarif-schema.sh fetches it");
        }

        return await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
