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
