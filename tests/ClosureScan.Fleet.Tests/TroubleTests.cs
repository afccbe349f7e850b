using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Working;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Http;

namespace ClosureScan.Fleet.Tests;

/// <summary>A network that is gone, a disk that is full, a Hydra whose builds failed: nothing is lost, and it goes on or stops with a clear word.</summary>
public sealed class TroubleTests : IDisposable
{
    private static readonly WorkerOptions Hasty = new() { Jobs = 2, EndsWhenDone = true, FirstPause = TimeSpan.FromMilliseconds(10), MostFailures = 3 };

    private readonly FleetWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_lost_network_is_no_result_and_ends_in_a_clear_word()
    {
        bool isDown = false;
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            if (isDown)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return TestServer.SendFileAsync(context, LeakyCache.Location);
        });
        string address = server.Address;
        await _world.PlanAsync(address, LeakyCache.Root.ToString(), null, WorkVersion.Create(deep: false, host: null));

        isDown = true;
        ClosureScanException stopped = await Assert.ThrowsAnyAsync<ClosureScanException>(() => _world.WorkAsync(address, Hasty));

        Assert.Equal(ErrorKind.Unreadable, stopped.Kind);
        Assert.Equal(LeakyCache.Paths.Length, (await _world.StatusAsync()).CountOf("queued") + (await _world.StatusAsync()).CountOf("running"));

        isDown = false;
        await _world.WorkAsync(address);
        Assert.True((await _world.StatusAsync()).IsWhole);
        Assert.Equal(await JudgedAsync(), (await _world.ExportAsync())["occurrences"]);
    }

    [Fact]
    [Trait(Tier.Name, Tier.Processes)]
    public async Task What_a_server_refuses_for_now_by_429_is_asked_for_again()
    {
        int refusals = 0;
        int answers = 0;
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            if (Interlocked.Decrement(ref refusals) >= 0)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref answers);
            return TestServer.SendFileAsync(context, LeakyCache.Location);
        });
        await _world.PlanAsync(server.Address, LeakyCache.Root.ToString(), null, WorkVersion.Create(deep: false, host: null));
        (refusals, answers) = (2, 0);
        await _world.WorkAsync(server.Address, Hasty);

        Assert.True((await _world.StatusAsync()).IsWhole);
        Assert.Equal(await JudgedAsync(), (await _world.ExportAsync())["occurrences"]);

        // What was refused was asked for once more, and nothing else was: each path's narinfo and NAR, and what the cache is.
        Assert.True(refusals < 0);
        Assert.InRange(answers, 2 * LeakyCache.Paths.Length, (2 * LeakyCache.Paths.Length) + 6);
    }

    [Fact]
    [Trait(Tier.Name, Tier.Processes)]
    public async Task A_full_disk_stops_it_and_with_room_it_goes_on()
    {
        string disk = _world.PathOf("disk");
        Directory.CreateDirectory(disk);
        if (ToolRun.Execute("/bin/mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).ExitCode != 0)
        {
            RequiredTool.Missing("to mount a small file system, as root may");
        }

        try
        {
            _world.LedgerUri = $"sqlite:{disk}/ledger.db";
            string[] run = ["run", "--cache", LeakyCache.Location, "--shard", "4", "--quiet"];
            ToolRun full = _world.RunTool(null, run);
            Assert.True(full.ExitCode == 3, $"exit code {full.ExitCode}: {full.Error}");
            Assert.Contains("the disk is full", full.Error, StringComparison.Ordinal);

            Assert.Equal(0, ToolRun.Execute("/bin/mount", ["-o", "remount,size=64m", disk]).ExitCode);
            ToolRun again = _world.RunTool(null, run);
            Assert.True(again.ExitCode == 0, again.Error);
            Assert.Equal(await JudgedAsync("all"), (await _world.ExportAsync())["occurrences"]);
        }
        finally
        {
            ToolRun.Execute("/bin/umount", ["-l", disk]);
        }
    }

    [Fact]
    public async Task An_evaluation_of_Hydra_has_its_jobs_and_tells_those_that_failed()
    {
        string builds = """
            [{"id": 11, "job": "image.armv7l", "jobset": "cross", "finished": 1, "buildstatus": 0, "system": "x86_64-linux", "buildoutputs": {"out": {"path": "ROOT"}}},
             {"id": 12, "job": "image.riscv", "jobset": "cross", "finished": 1, "buildstatus": 1, "system": "x86_64-linux", "buildoutputs": {"out": {"path": "ROOT"}}}]
            """.Replace("ROOT", LeakyCache.Root.ToString(), StringComparison.Ordinal);
        await using TestServer hydra = await TestServer.StartAsync(context => context.Request.Path == "/eval/1234/builds" && context.Request.Headers.Accept == "application/json"
            ? context.Response.WriteAsync(builds)
            : TypedResults.NotFound().ExecuteAsync(context));

        PlanResult plan = await _world.PlanAsync(LeakyCache.Location, $"{hydra.Address}/eval/1234", null, WorkVersion.Create(deep: false, host: null));

        Assert.Equal((1, LeakyCache.Paths.Length), (plan.JobCount, (int)plan.NarCount));
        Assert.Equal($"1234\timage.armv7l\t{LeakyCache.Root.BaseName}\t", (await _world.ExportAsync())["jobs"][1]);

        File.WriteAllText(_world.PathOf("builds.json"), builds);
        ToolRun recorded = _world.RunTool(null, "plan", "--cache", LeakyCache.Location, "--roots", _world.PathOf("builds.json"), "--quiet");
        Assert.Equal(3, recorded.ExitCode);
        Assert.Contains("image.riscv: build 12 did not succeed", recorded.Error, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FleetException>(() => _world.PlanAsync(LeakyCache.Location, $"{hydra.Address}/eval/99", null, WorkVersion.Create(deep: false, host: null)));
    }

    private static async Task<List<string>> JudgedAsync(string roots = "*-pi-image-*")
    {
        using FleetWorld undisturbed = new();
        await undisturbed.RunAsync(LeakyCache.Location, roots);
        return (await undisturbed.ExportAsync())["occurrences"];
    }
}
