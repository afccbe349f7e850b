using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;
using ClosureScan.Stores;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>One process, one file: the whole of a cache is scanned once, and judged as scans of its roots judge it.</summary>
public sealed class SingleMachineTests : IDisposable
{
    private readonly FleetWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fleet_finds_what_a_scan_of_the_root_finds(bool deep)
    {
        await using IStore store = await Store.OpenAsync(LeakyCache.Location, TestContext.Current.CancellationToken);
        ClosureReport report = await Closure.ScanAsync(
            store, LeakyCache.Root.ToString(), new ClosureScanOptions { Scan = ScanOptions.Default with { Deep = deep } }, cancellationToken: TestContext.Current.CancellationToken);
        string[] expected = [.. report.Findings.SelectMany(finding => finding.Occurrences.Select(occurrence => $"{occurrence.Key}|{occurrence.Effect}|{occurrence.Count}|{finding.FreedBytes}|{occurrence.Fix}".ToLowerInvariant())).Order(StringComparer.Ordinal)];

        await _world.RunAsync(LeakyCache.Location, deep: deep);

        List<string> rows = (await _world.ExportAsync())["occurrences"];
        string[] actual = [.. rows.Skip(1).Select(row => row.Split('\t')).Select(row => $"{row[5]}|{row[7]}|{row[15]}|{row[16]}|{row[17]}".ToLowerInvariant()).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Every_NAR_is_done_and_none_is_lost()
    {
        await _world.RunAsync(LeakyCache.Location);

        FleetStatus status = await _world.StatusAsync();
        Assert.Equal([("done", LeakyCache.Paths.Length)], status.Nars.Select(item => (item.State, (int)item.Count)));
        Assert.Equal([("done", 1L)], status.Roots);
        Assert.True(status.IsWhole);
    }

    [Fact]
    public async Task A_second_run_adds_nothing_and_changes_nothing()
    {
        await _world.RunAsync(LeakyCache.Location);
        string before = await _world.DigestAsync();

        PlanResult plan = await _world.RunAsync(LeakyCache.Location);

        Assert.Equal(new PlanResult(0, 0, 0, 0), plan with { JobCount = 0 });
        Assert.Equal(before, await _world.DigestAsync());
    }

    [Fact]
    public async Task Of_a_later_evaluation_only_what_is_new_is_scanned()
    {
        PlanResult first = await _world.RunAsync(LeakyCache.Location, $"*-{LeakyCache.BuildBash}", "1");
        PlanResult second = await _world.RunAsync(LeakyCache.Location, "*-pi-image-*", "2");

        Assert.InRange(first.NarCount, 1, LeakyCache.Paths.Length - 1);
        Assert.Equal(LeakyCache.Paths.Length, first.NarCount + second.NarCount);
        Assert.Equal(1, second.RootCount);
    }

    [Fact]
    public async Task Another_version_of_the_facts_plans_what_needs_it_and_keeps_the_rest()
    {
        await _world.RunAsync(LeakyCache.Location);
        WorkVersion later = new("later", "");

        PlanResult plan = await _world.PlanAsync(LeakyCache.Location, $"*-{LeakyCache.BuildBash}", "new", later);
        PlanResult again = await _world.PlanAsync(LeakyCache.Location, $"*-{LeakyCache.BuildBash}", "new", later);

        Assert.InRange(plan.NarCount, 1, LeakyCache.Paths.Length - 1);
        Assert.Equal(0, again.NarCount);
        FleetStatus status = await _world.StatusAsync();
        Assert.Equal(LeakyCache.Paths.Length, status.CountOf("done"));
        Assert.Equal(plan.NarCount, status.CountOf("queued"));
    }

    [Fact]
    public async Task A_damaged_NAR_is_a_result_and_is_tried_again_when_asked_to()
    {
        string cache = _world.PathOf("cache");
        LeakyCache.CopyTo(cache);
        string nar = Directory.EnumerateFiles(Path.Combine(cache, "nar")).OrderBy(file => new FileInfo(file).Length).Last();
        byte[] whole = File.ReadAllBytes(nar);
        File.WriteAllBytes(nar, whole[..(whole.Length / 2)]);

        await _world.RunAsync(cache);

        FleetStatus damaged = await _world.StatusAsync();
        Assert.Equal(1, damaged.CountOf("unreadable"));
        Assert.Equal(LeakyCache.Paths.Length - 1, damaged.CountOf("done"));
        Assert.Equal([("incomplete", 1L)], damaged.Roots);
        Assert.Equal(cache, Assert.Single(damaged.Errors).Cache);
        Assert.Single((await _world.QueryAsync("unreadable")).Table.Rows);

        File.WriteAllBytes(nar, whole);
        Assert.Equal(0, (await _world.RunAsync(cache)).NarCount);
        Assert.Equal(1, (await _world.RunAsync(cache, retries: true)).NarCount);

        using FleetWorld undisturbed = new();
        await undisturbed.RunAsync(cache);
        Assert.True((await _world.StatusAsync()).IsWhole);
        Assert.Equal(await undisturbed.DigestAsync(), await _world.DigestAsync());
    }

    [Fact]
    public async Task A_missing_path_is_told_and_found_when_it_has_come()
    {
        string cache = _world.PathOf("cache");
        LeakyCache.CopyTo(cache);
        string info = Path.Combine(cache, LeakyCache.Find(LeakyCache.Coreutils).Hash + ".narinfo");
        string text = File.ReadAllText(info);
        File.Delete(info);

        await _world.RunAsync(cache, "*-pi-image-*");
        Assert.Equal([("incomplete", 1L)], (await _world.StatusAsync()).Roots);

        File.WriteAllText(info, text);
        await _world.RunAsync(cache, "*-pi-image-*");

        using FleetWorld undisturbed = new();
        await undisturbed.RunAsync(cache, "*-pi-image-*");
        Assert.Equal(await undisturbed.DigestAsync(), await _world.DigestAsync());
    }

    [Fact]
    public async Task Two_processes_do_not_work_on_one_file()
    {
        await using Ledger ledger = await _world.OpenAsync();
        await using IAsyncDisposable first = await ledger.Database.LockAsync(TestContext.Current.CancellationToken);

        FleetException refused = await Assert.ThrowsAsync<FleetException>(() => ledger.Database.LockAsync(TestContext.Current.CancellationToken));

        Assert.Contains("postgres://", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_of_a_later_program_is_refused()
    {
        await using (Ledger ledger = await _world.OpenAsync())
        {
            await ledger.Database.RunAsync(transaction => transaction.ExecuteAsync("INSERT INTO schema_step(number) VALUES(99)"), TestContext.Current.CancellationToken);
        }

        FleetException refused = await Assert.ThrowsAsync<FleetException>(_world.OpenAsync);

        Assert.Equal(ErrorKind.Unknown, refused.Kind);
    }

    [Fact]
    public async Task Row_without_a_value_that_must_be_there_is_told_as_damage()
    {
        await using Ledger ledger = await _world.OpenAsync();

        FleetException exception = await Assert.ThrowsAsync<FleetException>(
            () => ledger.Database.ReadAsync(transaction => transaction.QueryAsync("SELECT NULL", row => row.GetString(0)), CancellationToken.None));

        Assert.Equal(ErrorKind.Unreadable, exception.Kind);
    }
}
