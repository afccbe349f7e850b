using ClosureScan.Fleet.Queries;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>The process that plans and works on a file is killed where it hurts most; the next goes on, and the ledger says in the end what it would have said.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class KilledProcessTests : IDisposable
{
    private const int Killed = 137;

    private readonly FleetWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Killed_anywhere_it_goes_on_where_it_stood()
    {
        using FleetWorld undisturbed = new();
        await undisturbed.RunAsync(LeakyCache.Location);
        string[] run = ["run", "--cache", LeakyCache.Location, "--shard", "2", "--jobs", "2", "--quiet"];

        foreach (string place in (string[])["in-plan", "before-publish", "before-commit:2", "in-commit:3", "after-commit", "before-acknowledge:3", "in-judging"])
        {
            ToolRun killed = _world.RunTool(place, run);
            Assert.True(killed.ExitCode == Killed, $"{place}: exit code {killed.ExitCode}: {killed.Error}");

            FleetStatus status = await _world.StatusAsync();
            Assert.Equal(0, status.CountOf("lost"));
            Assert.True(status.PlannedCount is 0 || status.PlannedCount == LeakyCache.Paths.Length, place);
        }

        ToolRun last = _world.RunTool(null, run);
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Equal(await undisturbed.DigestAsync(), await _world.DigestAsync());
    }

    [Theory]
    [InlineData("256")]
    [InlineData("1")]
    public async Task A_NAR_that_ends_its_worker_is_alone_in_poison(string shard)
    {
        // A shard of its own for each NAR: whatever was worked on beside the guilty one is innocent.
        string[] run = ["run", "--cache", LeakyCache.Location, "--roots", "*-kbd-*", "--jobs", "1", "--shard", shard, "--quiet"];
        int kills = 0;
        ToolRun last;
        while ((last = _world.RunTool($"scan-{LeakyCache.BuildBash}", run)).ExitCode == Killed)
        {
            Assert.True(++kills < 40, "It is never given up.");
        }

        Assert.True(last.ExitCode == 3, $"exit code {last.ExitCode}: {last.Error}");
        FleetStatus status = await _world.StatusAsync();
        Assert.Equal(1, status.CountOf("poison"));
        Assert.Equal(status.PlannedCount - 1, status.CountOf("done"));
        Assert.Equal(LeakyCache.Find(LeakyCache.BuildBash).BaseName, Assert.Single((await _world.QueryAsync("unreadable")).Table.Rows)[0]);

        // Mended, or a better program: it is tried again when asked to.
        Assert.Equal(0, _world.RunTool(null, [.. run, "--retry"]).ExitCode);
        Assert.True((await _world.StatusAsync()).IsWhole);
    }
}
