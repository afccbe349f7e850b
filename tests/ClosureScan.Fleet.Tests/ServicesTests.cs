using System.Diagnostics;
using ClosureScan.Fleet.Dispatch;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>A real PostgreSQL and a real RabbitMQ say what the file of one machine says, whoever is killed, and how often.</summary>
[Trait(Tier.Name, Tier.Services)]
public sealed class ServicesTests(Services services) : IClassFixture<Services>
{
    private const int Killed = 137;

    /// <summary>A longer run by hand: how many processes are killed.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_FLEET_KILLS"), out int kills) ? kills : 50;

    [Fact]
    public async Task PostgreSQL_says_what_SQLite_says()
    {
        using FleetWorld file = new();
        using FleetWorld server = new() { LedgerUri = services.NewDatabase() };
        await file.RunAsync(LeakyCache.Location, deep: true);
        await server.RunAsync(LeakyCache.Location, deep: true);

        Assert.Equal(await file.ExportAsync(), await server.ExportAsync());
        foreach (FleetQuery query in FleetQueries.All)
        {
            QueryArguments arguments = new() { Before = "all", Path = "glibc" };
            Assert.Equal((await file.QueryAsync(query.Name, arguments)).Table.Rows.Select(row => string.Join('|', row)), (await server.QueryAsync(query.Name, arguments)).Table.Rows.Select(row => string.Join('|', row)));
        }

        Assert.Equal(0, (await server.RunAsync(LeakyCache.Location, deep: true)).ShardCount);
    }

    [Fact]
    public async Task A_worker_that_stands_still_and_wakes_late_commits_nothing_twice()
    {
        using FleetWorld undisturbed = new();
        await undisturbed.RunAsync(LeakyCache.Location);
        using FleetWorld world = new() { LedgerUri = services.NewDatabase() };
        await world.PlanAsync(LeakyCache.Location, "all", null, WorkVersion.Create(deep: false, host: null));
        string[] work = ["work", "--cache", LeakyCache.Location, "--queue", services.Rabbit.Uri, "--until-done", "--quiet"];

        // It stops before it commits; the broker takes it for gone after two missed heartbeats.
        using Process sleeper = Start(world, "stop-before-commit", work);
        await WaitAsync(() => sleeper.HasExited || File.ReadAllText($"/proc/{sleeper.Id}/stat").Contains(") T ", StringComparison.Ordinal));
        Assert.False(sleeper.HasExited);
        ToolRun other = world.RunTool(null, work);
        Assert.True(other.ExitCode == 0, other.Error);
        string before = await world.DigestAsync();
        ToolRun.Execute("/bin/kill", ["-CONT", $"{sleeper.Id}"]);
        Assert.True(sleeper.WaitForExit(TimeSpan.FromSeconds(90)), "It never ends.");

        Assert.Equal(0, sleeper.ExitCode);
        Assert.Equal(before, await world.DigestAsync());
        Assert.Equal(await undisturbed.DigestAsync(), await world.DigestAsync());
    }

    [Fact]
    public async Task Whatever_is_killed_nothing_is_lost_and_nothing_counts_twice()
    {
        using TemporaryTree cache = new();
        string[] roots = ManyPaths.Write(cache, 300, seed: 20261125);
        using FleetWorld undisturbed = new();
        for (int evaluation = 0; evaluation < roots.Length; evaluation++)
        {
            await undisturbed.PlanAsync(cache.Root, "*-" + roots[evaluation][33..], $"{evaluation}", WorkVersion.Create(deep: false, ManyPaths.Host));
        }

        await undisturbed.WorkAsync(cache.Root);
        Assert.NotEmpty((await undisturbed.QueryAsync("leaks", new QueryArguments { Target = "bash" })).Table.Rows);

        using FleetWorld world = new() { LedgerUri = services.NewDatabase() };
        await DisturbAsync(world, cache.Root, roots);

        Dictionary<string, List<string>> wanted = await undisturbed.ExportAsync(), found = await world.ExportAsync();
        foreach (string table in wanted.Keys)
        {
            Assert.Equal((table, "", ""), (table, string.Join('\n', wanted[table].Except(found[table]).Take(5)), string.Join('\n', found[table].Except(wanted[table]).Take(5))));
            Assert.Equal(wanted[table], found[table]);
        }

        Assert.Equal(await undisturbed.DigestAsync(), await world.DigestAsync());
    }

    private async Task DisturbAsync(FleetWorld world, string cache, string[] roots)
    {
        Random random = new(Kills);
        string[] work = ["work", "--cache", cache, "--queue", services.Rabbit.Uri, "--until-done", "--jobs", "1", "--quiet"];
        string[] places = ["before-commit", "in-commit", "after-commit", "before-acknowledge", "before-publish", "in-judging"];
        Process?[] workers = [null, null];
        int kills = 0;
        try
        {
            for (int evaluation = 0; evaluation < roots.Length; evaluation++)
            {
                string[] plan = ["plan", "--cache", cache, "--roots", "*-" + roots[evaluation][33..], "--evaluation", $"{evaluation}", "--host", ManyPaths.Host, "--shard", "4", "--quiet"];
                if (kills < Kills && evaluation % 5 == 0)
                {
                    Assert.Equal(Killed, world.RunTool("in-plan", plan).ExitCode);
                    kills++;
                }

                ToolRun planned = world.RunTool(null, plan);
                Assert.True(planned.ExitCode == 0, planned.Error);
                if (evaluation % 12 == 6)
                {
                    services.Postgres.KillAndRestart();
                    kills++;
                }

                if (evaluation % 20 == 13)
                {
                    services.Rabbit.KillAndRestart();
                    kills++;
                }

                for (int slot = 0; slot < workers.Length; slot++)
                {
                    if (workers[slot] is { HasExited: true, ExitCode: Killed })
                    {
                        kills++;
                    }
                    else if (workers[slot] is { HasExited: false } running && kills < Kills)
                    {
                        running.Kill();
                        kills++;
                    }

                    if (workers[slot] is null or { HasExited: true })
                    {
                        workers[slot] = Start(world, kills < Kills && random.Next(2) == 0 ? places[random.Next(places.Length)] : null, work);
                    }
                }

                FleetStatus status = await world.StatusAsync();
                Assert.Equal(0, status.CountOf("lost"));
                Assert.Equal(status.PlannedCount, status.CountOf("queued") + status.CountOf("running") + status.CountOf("done"));
            }
        }
        finally
        {
            foreach (Process? worker in workers)
            {
                worker?.Kill();
            }
        }

        Assert.True(kills >= Math.Min(Kills, 50), $"Only {kills} were killed.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} killed");
        ToolRun last = world.RunTool(null, work);
        Assert.True(last.ExitCode == 0, last.Error);
    }

    private static Process Start(FleetWorld world, string? crash, string[] arguments)
    {
        ProcessStartInfo start = new(FleetWorld.Tool[0], [.. FleetWorld.Tool.Skip(1), "fleet", .. arguments]);
        start.Environment["CLOSURESCAN_FLEET_CRASH"] = crash;
        start.Environment["CLOSURESCAN_LEDGER"] = world.LedgerUri;
        return Process.Start(start)!;
    }

    private static async Task WaitAsync(Func<bool> until)
    {
        for (Stopwatch clock = Stopwatch.StartNew(); !until(); await Task.Delay(50))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "It never happens.");
        }
    }
}
