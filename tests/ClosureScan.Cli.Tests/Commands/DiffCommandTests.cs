using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class DiffCommandTests
{
    private static readonly string Kbd = $"kbd-{LeakyCache.Host}-2.6.4";
    private static readonly string HostBash = LeakyCache.HostBash;

    private static ToolRun Diff(params string[] arguments) => ClosureScanTool.Run(["diff", "--store", LeakyCache.Location, .. arguments]);

    [Fact]
    public void Closure_differs_from_itself_in_nothing_and_exits_with_0()
    {
        ToolRun run = Diff(LeakyCache.RootName, LeakyCache.RootName);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("0 added, 0 removed, 0 changed, 23 the same.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Deltas_add_up_and_new_leaks_exit_with_1()
    {
        ToolRun run = Diff(HostBash, Kbd, "--format", "json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement diff = json.RootElement;

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(diff.GetProperty("delta").GetInt64(), diff.GetProperty("changes").EnumerateArray().Sum(change => change.GetProperty("delta").GetInt64()));
        Assert.Equal(0, Diff(HostBash, Kbd, "--fail-on", "none").ExitCode);
        Assert.Equal(0, Diff(Kbd, HostBash).ExitCode);
    }

    [Fact]
    public void Saved_report_stands_for_its_closure()
    {
        using TemporaryTree folder = new();
        string saved = Path.Combine(folder.Root, "before.json");
        ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json", "-o", saved, "--quiet");

        Assert.Contains("0 added, 0 removed, 0 changed, 23 the same.", Diff(saved, LeakyCache.RootName).Text, StringComparison.Ordinal);

        File.WriteAllText(saved, "{}");
        ToolRun damaged = Diff(saved, LeakyCache.RootName);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("schema: is missing.", damaged.Error, StringComparison.Ordinal);
    }
}
