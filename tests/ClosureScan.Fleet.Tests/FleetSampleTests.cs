using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>What lies in samples/fleet, run line by line as it lies there.</summary>
public sealed class FleetSampleTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    [Trait(Tier.Name, Tier.Samples)]
    public void One_machine_needs_no_service()
    {
        ToolRun run = Run("one-machine.sh", _tree.Root);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("bash", run.Text, StringComparison.Ordinal);
        Assert.Contains("mended", run.Text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", run.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["claims.csv", "jobs.csv", "judgements.csv", "nars.csv", "occurrences.csv", "paths.csv", "references.csv"],
            Directory.EnumerateFiles(_tree.PathOf("tables")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait(Tier.Name, Tier.Services)]
    public void Two_workers_share_a_database_and_a_broker()
    {
        if (!Directory.Exists("/usr/lib/postgresql") || !File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"))
        {
            RequiredTool.Missing("the programs postgres and rabbitmq-server (postgresql, rabbitmq-server)");
        }

        // PostgreSQL runs as another user where this one is root.
        ToolRun.Execute("/bin/chmod", ["711", _tree.Root]);
        ToolRun run = Run("several-workers.sh", _tree.PathOf("services"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"{LeakyCache.Paths.Length} of {LeakyCache.Paths.Length} NARs", run.Text, StringComparison.Ordinal);
        Assert.Contains("kbd", run.Text, StringComparison.Ordinal);
    }

    private static ToolRun Run(string script, string folder)
    {
        return ToolRun.Execute(
            RequiredTool.Find("bash"),
            [Repository.PathOf($"samples/fleet/{script}"), folder],
            new Dictionary<string, string?> { ["CLOSURESCAN"] = string.Join(' ', FleetWorld.Tool) },
            Repository.Root);
    }
}
