using System.Text.Json;
using ClosureScan.Analysis.Reports;
using ClosureScan.Testing;
using NJsonSchema;

namespace ClosureScan.Cli.Tests.Reports;

public sealed class CompareSchemaTests
{
    private static readonly string[] Call =
    [
        "compare", "--cross-store", "samples/cross-native/cross", "--native-store", "samples/cross-native/native", "*-tally-tools-*", "*-tally-tools-*",
        "--log-cross", "tally=samples/cross-native/cross.log", "--log-native", "tally=samples/cross-native/native.log",
    ];

    [Fact]
    public async Task Comparison_is_what_its_schema_says() =>
        Assert.Empty((await ReadAsync(CompareJson.OpenSchema())).Validate(ClosureScanTool.Run([.. Call, "--format", "json"]).Text));

    [Fact]
    public void Both_sides_tell_where_they_are_to_run()
    {
        using JsonDocument document = JsonDocument.Parse(ClosureScanTool.Run([.. Call, "--format", "json"]).Output);

        Assert.Equal("armv7l-linux", document.RootElement.GetProperty("cross").GetProperty("host").GetString());
        Assert.NotEmpty(document.RootElement.GetProperty("native").GetProperty("hostFrom").GetProperty("evidence").EnumerateArray());
    }

    [Fact]
    public async Task Sarif_obeys_the_standard()
    {
        string file = Path.Combine(TestCache.Folder, "sarif", "sarif-2.1.0-rtm.5.json");
        if (!File.Exists(file))
        {
            RequiredTool.Missing($"the schema {file}; tests/ClosureScan.Analysis.Tests/Reports/sarif-schema.sh fetches it");
        }

        string report = ClosureScanTool.Run([.. Call, "--format", "sarif"]).Text;
        Assert.Contains("TALLY_HAS_LARGE_FILES", report, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(File.OpenRead(file))).Validate(report));
    }

    [Fact]
    public async Task Manifest_is_what_its_schema_says()
    {
        using TemporaryTree folder = new();
        string file = folder.PathOf("classes.json");
        ClosureScanTool.Run([.. Call, "--manifest", file, "--quiet"]);

        Assert.Empty((await ReadAsync(ClassesJson.OpenSchema())).Validate(File.ReadAllText(file)));
    }

    private static async Task<JsonSchema> ReadAsync(Stream schema)
    {
        using StreamReader reader = new(schema);
        return await JsonSchema.FromJsonAsync(await reader.ReadToEndAsync());
    }
}
