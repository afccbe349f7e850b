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
