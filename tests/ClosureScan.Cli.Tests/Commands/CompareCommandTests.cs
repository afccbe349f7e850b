using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class CompareCommandTests
{
    private const string Sample = "samples/cross-native";
    private const string Tools = "*-tally-tools-*";

    private static ToolRun Compare(params string[] arguments) =>
        ClosureScanTool.Run(["compare", "--cross-store", $"{Sample}/cross", "--native-store", $"{Sample}/native", .. arguments]);

    [Fact]
    public void Closure_is_the_same_as_itself_and_exits_with_0()
    {
        ToolRun run = ClosureScanTool.Run("compare", "--store", $"{Sample}/cross", Tools, Tools);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("3: 3 L0 (same NAR hash).", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("D", 1)]
    [InlineData("L3", 1)]
    [InlineData("none", 0)]
    public void Level_that_fails_is_the_callers(string level, int exitCode) => Assert.Equal(exitCode, Compare(Tools, Tools, "--fail-on", level).ExitCode);

    [Fact]
    public void Json_has_the_pairs_with_levels_masks_and_differences()
    {
        ToolRun run = Compare(Tools, Tools, "--format", "json", "--log-cross", $"tally={Sample}/cross.log", "--log-native", $"tally={Sample}/native.log");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Dictionary<string, string?> levels = root.GetProperty("pairs").EnumerateArray()
            .ToDictionary(pair => pair.GetProperty("native").GetString()!.Split('-', 2)[1], pair => pair.GetProperty("level").GetString());

        Assert.Equal(("closurescan/2", "compare", "D"), (root.GetProperty("schema").GetString(), root.GetProperty("command").GetString(), root.GetProperty("level").GetString()));
        Assert.Equal(("D", "L3", "L0"), (levels["tally-1.4"], levels["tally-tools-1.4"], levels["tally-data-1.4"]));
        JsonElement first = root.GetProperty("pairs")[0].GetProperty("differences")[0];
        Assert.Equal(("headers", "TALLY_HAS_LARGE_FILES", "0", "1"), (first.GetProperty("kind").GetString(), first.GetProperty("subject").GetString(), first.GetProperty("cross").GetString(), first.GetProperty("native").GetString()));
    }

    [Fact]
    public void Text_of_a_package_has_25_lines_at_most_and_names_the_answer()
    {
        string text = Compare(Tools, Tools, "--log-cross", $"tally={Sample}/cross.log", "--log-native", $"tally={Sample}/native.log").Text;
        string package = text.Split("\n\n").Single(part => part.StartsWith("D   tally-1.4", StringComparison.Ordinal));

        Assert.InRange(package.Split('\n').Length, 5, 25);
        Assert.Contains("native only: fopen64, fseeko64, ftello64", package, StringComparison.Ordinal);
        Assert.Contains("tally_cv_large_files=yes", package, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_folds_a_list_a_package() => Assert.Contains("<summary>D <b>tally-1.4</b></summary>", Compare(Tools, Tools, "--format", "markdown").Text, StringComparison.Ordinal);

    [Fact]
    public void Manifest_stands_for_its_closure()
    {
        using TemporaryTree folder = new();
        string manifest = folder.PathOf("classes.json");
        Compare(Tools, Tools, "--manifest", manifest, "--quiet");

        ToolRun same = Compare(manifest, Tools, "--format", "json");
        ToolRun native = ClosureScanTool.Run("compare", "--cross-store", $"{Sample}/cross", Tools, manifest);
        using JsonDocument json = JsonDocument.Parse(same.Output);

        Assert.Contains("3: 1 L0 (same NAR hash), 2 D (differs).", native.Text, StringComparison.Ordinal);
        Assert.Contains("only a manifest", native.Text, StringComparison.Ordinal);
        Assert.Equal(1, json.RootElement.GetProperty("pairCounts").GetProperty("L0").GetInt32());

        File.WriteAllText(manifest, "{}");
        ToolRun damaged = Compare(manifest, Tools);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("is no manifest of closurescan compare --manifest", damaged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing=samples/cross-native/cross.log", "the closure has no package nothing")]
    public void Log_of_a_package_that_is_not_there_is_a_wrong_call(string log, string message)
    {
        ToolRun run = Compare(Tools, Tools, "--log-cross", log);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_lowers_kinds_and_a_baseline_knows_packages()
    {
        using TemporaryTree folder = new();
        string manifest = folder.PathOf("classes.json");
        folder.File("lenient.yaml", """
            compare:
              headers: warning
              imports: note
              pkg-config: off
              config-script: off
              code: note
            """).File("strict.yaml", """
            compare:
              layout: error
            """);
        Compare(Tools, Tools, "--manifest", manifest, "--quiet");

        Assert.Equal(0, Compare(Tools, Tools, "--policy", folder.PathOf("lenient.yaml")).ExitCode);
        Assert.Equal(1, Compare(Tools, Tools, "--policy", folder.PathOf("strict.yaml")).ExitCode);
        Assert.Equal(0, Compare(Tools, Tools, "--baseline", manifest).ExitCode);
        Assert.Equal(0, Compare(Tools, Tools, "--baseline", manifest, "--fail-on", "L1").ExitCode);
    }

    [Fact]
    public void Sarif_has_a_rule_a_kind_and_a_result_a_difference()
    {
        using JsonDocument json = JsonDocument.Parse(Compare(Tools, Tools, "--format", "sarif").Output);
        JsonElement run = json.RootElement.GetProperty("runs")[0];
        JsonElement first = run.GetProperty("results")[0];

        Assert.Equal("headers", first.GetProperty("ruleId").GetString());
        Assert.Equal("headers", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[first.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Contains("TALLY_HAS_LARGE_FILES", first.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.GetProperty("results").EnumerateArray(), result => result.GetProperty("ruleId").GetString() == "layout");
    }

    [Theory]
    [InlineData("imports", "64-bit")]
    [InlineData("L3", "only places differ")]
    [InlineData("elf-build-id", ".note.gnu.build-id")]
    [InlineData("foreign-interpreter", "mend:")]
    public void Words_are_explained(string word, string text) => Assert.Contains(text, ClosureScanTool.Run("explain", word).Text, StringComparison.Ordinal);

    [Fact]
    public void Word_that_is_none_is_a_wrong_call() => Assert.Equal(2, ClosureScanTool.Run("explain", "nonsense").ExitCode);

    [Fact]
    public void Path_that_is_not_there_is_nothing_to_compare() => Assert.Equal(4, Compare("*-nothing-*", Tools).ExitCode);
}
