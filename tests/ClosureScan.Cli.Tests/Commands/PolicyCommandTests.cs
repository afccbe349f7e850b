using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A policy to start from, and the table that tells how to write one.</summary>
public sealed class PolicyCommandTests
{
    [Theory]
    [InlineData("samples/leaky-cache", 8)]
    [InlineData("samples/fixed-cache", 0)]
    public void Policy_of_a_closure_passes_today_and_has_every_place_once(string store, int entries)
    {
        using TemporaryTree folder = new();
        string file = folder.PathOf("policy.yaml");
        ToolRun init = ClosureScanTool.Run("policy", "init", "*-pi-image-*", "--store", store, "--policy", file);
        Assert.Equal(0, init.ExitCode);
        ClosurePolicy policy = ClosurePolicy.Load(file);
        Assert.Equal("armv7l-linux", policy.Host?.System);
        Assert.Equal(entries, policy.Allow.Length);

        ToolRun check = ClosureScanTool.Run("check", "*-pi-image-*", "--store", store, "--policy", file, "--strict");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("Passed.", check.Text, StringComparison.Ordinal);
        Assert.Equal(0, ClosureScanTool.Run("policy", "check", file).ExitCode);
        Assert.Equal(2, ClosureScanTool.Run("policy", "init", "*-pi-image-*", "--store", store, "--policy", file).ExitCode);
    }

    [Fact]
    public void One_entry_fewer_fails()
    {
        using TemporaryTree folder = new();
        string file = folder.PathOf("policy.yaml");
        Assert.Equal(0, ClosureScanTool.Run("policy", "init", "*-pi-image-*", "--store", LeakyCache.Location, "--policy", file).ExitCode);
        string text = File.ReadAllText(file);
        int last = text.LastIndexOf("  - rule: ", text.IndexOf("\n\n# ", StringComparison.Ordinal), StringComparison.Ordinal);
        File.WriteAllText(file, text[..last] + text[text.IndexOf("\n\n# ", StringComparison.Ordinal)..]);
        Assert.Equal(1, ClosureScanTool.Run("check", "*-pi-image-*", "--store", LeakyCache.Location, "--policy", file).ExitCode);
    }

    [Fact]
    public void Every_line_that_the_manual_shows_is_a_policy()
    {
        using TemporaryTree folder = new();
        folder.File("policy.yaml", string.Join('\n', PolicyKeys.All.Select(key => key.Example)) + "\n");
        ToolRun run = ClosureScanTool.Run("policy", "check", folder.PathOf("policy.yaml"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Policy_that_is_begun_names_the_schema_that_lies_beside_it()
    {
        using TemporaryTree folder = new();
        ClosureScanTool.Run("policy", "init", "*-pi-image-*", "--store", LeakyCache.Location, "--policy", folder.PathOf("policy.yaml"), "-q");
        Assert.StartsWith("# yaml-language-server: $schema=closurescan-policy.schema.json\n", File.ReadAllText(folder.PathOf("policy.yaml")), StringComparison.Ordinal);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("closurescan-policy.schema.json")));
        string[] known = [.. schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        Assert.Equal(PolicyKeys.All.Select(key => key.Key).Append("$schema").Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        folder.File("named.yaml", "$schema: closurescan-policy.schema.json\nhost: armv7l-linux\n");
        Assert.Equal(0, ClosureScanTool.Run("policy", "check", folder.PathOf("named.yaml")).ExitCode);
    }

    [Fact]
    public void Every_rule_kind_and_difference_that_the_manual_names_can_be_set_and_accepted()
    {
        string manual = ClosureScanTool.Run("man").Text.Replace("\\-", "-", StringComparison.Ordinal);
        string[] differences = [.. DifferenceKinds.Values.Select(kind => kind.ToName())];
        foreach (string name in Vocabulary.Rules.Concat(Vocabulary.Kinds).Select(row => row.Name).Concat(differences))
        {
            Assert.Contains($"\\fB{name}\\fR\n", manual, StringComparison.Ordinal);
        }

        using TemporaryTree folder = new();
        folder.File("policy.yaml",
            "rules:\n" + string.Concat(Vocabulary.Rules.Select(rule => $"  {rule.Name}: note\n"))
            + "catalogue:\n" + string.Concat(Vocabulary.Kinds.Select(kind => $"  {kind.Name}: off\n"))
            + "compare:\n" + string.Concat(differences.Select(name => $"  {name}: warning\n"))
            + "allow:\n" + string.Concat(Vocabulary.Rules.Select(rule => $"  - rule: {rule.Name}\n    reason: a test\n")));
        ToolRun run = ClosureScanTool.Run("policy", "check", folder.PathOf("policy.yaml"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("alow: []\n", "alow")]
    [InlineData("allow:\n  - package: curl\n", "reason")]
    public void What_is_wrong_is_told_with_its_place(string text, string word)
    {
        using TemporaryTree folder = new();
        folder.File("policy.yaml", text);
        ToolRun run = ClosureScanTool.Run("policy", "check", folder.PathOf("policy.yaml"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Contains("policy.yaml:", run.Error, StringComparison.Ordinal);
    }
}
