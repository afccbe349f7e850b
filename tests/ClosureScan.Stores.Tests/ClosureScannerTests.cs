using ClosureScan.Paths;

namespace ClosureScan.Stores.Tests;

/// <summary>That a closure is the same whoever scans it first, and that nothing that goes wrong is lost.</summary>
public sealed class ClosureScannerTests
{
    [Fact]
    public async Task Missing_reference_is_a_problem_that_names_who_refers_to_it()
    {
        await using FakeStore store = new FakeStore().Add("root", "there", "gone").Add("there");

        ScannedClosure closure = await ScanAsync(store, ["root"]);

        ScanProblem problem = Assert.Single(closure.Problems);
        Assert.Equal(FakeStore.PathOf("gone").ToString(), problem.Path);
        Assert.Contains(FakeStore.PathOf("root").ToString(), problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, closure.Paths.Length);
        Assert.False(closure.IsComplete);
    }

    [Fact]
    public async Task Missing_root_is_an_error()
    {
        await using FakeStore store = new FakeStore().Add("root");

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => ScanAsync(store, ["root", "gone"]));

        Assert.Contains(FakeStore.PathOf("gone").ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_without_a_root_or_without_a_worker_are_refused()
    {
        await using FakeStore store = new FakeStore().Add("root");

        await Assert.ThrowsAsync<ArgumentException>(() => ScanAsync(store, []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ScanAsync(store, ["root"], jobs: 0));
    }

    [Fact]
    public async Task Circle_is_walked_once()
    {
        await using FakeStore store = new FakeStore().Add("a", "b").Add("b", "c", "b").Add("c", "a");

        ScannedClosure closure = await ScanAsync(store, ["a", "c"]);

        Assert.Equal(Sorted("a", "b", "c"), closure.Paths.Select(path => path.Info.Path));
        Assert.Equal(Sorted("a", "c"), closure.Roots);
        Assert.All(closure.Paths, path => Assert.Equal(path.Info.References!.Value.Select(reference => reference.Hash).Order(), path.Scan!.References.Select(found => found.Target)));
    }

    [Fact]
    public async Task Number_of_workers_and_order_of_roots_change_nothing()
    {
        Random random = new(11);
        FakeStore store = new();
        for (int i = 0; i < 60; i++)
        {
            // To later paths only, and some of them are not there.
            store.Add($"p{i}", [.. Enumerable.Range(0, 3).Select(_ => $"p{i + 1 + random.Next(20)}").Distinct()]);
        }

        ScannedClosure expected = await ScanAsync(store, ["p0", "p1"], jobs: 1);
        Assert.True(expected.Problems.Length > 1);
        foreach (int jobs in (int[])[2, 3, 16])
        {
            ScannedClosure closure = await ScanAsync(store, ["p1", "p0", "p1"], jobs);

            Assert.Equal(expected.Roots, closure.Roots);
            Assert.Equal(Scanning.Graph(expected), Scanning.Graph(closure));
            Assert.Equal(Scanning.Found(expected), Scanning.Found(closure));
            Assert.Equal(expected.Problems, closure.Problems);
        }
    }

    [Fact]
    public async Task Worker_that_fails_ends_the_others_and_its_reason_is_told()
    {
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeStore store = new()
        {
            BeforeScan = async (path, token) =>
            {
                if (path.Name == "leaf")
                {
                    await waiting.Task;
                    throw new InvalidOperationException("the reason");
                }

                // Ends by cancellation only: without it this test would not end.
                waiting.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        store.Add("root", "leaf", "other").Add("leaf").Add("other");

        Assert.Equal("the reason", (await Assert.ThrowsAsync<InvalidOperationException>(() => ScanAsync(store, ["root"], jobs: 3))).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_path_is_opened_once_whether_its_hash_is_asked_for_or_not(bool verifies)
    {
        System.Collections.Concurrent.ConcurrentBag<StorePath> opened = [];
        FakeStore store = new FakeStore { BeforeScan = (path, _) => { opened.Add(path); return Task.CompletedTask; } }.Add("root", "a", "b").Add("a", "b").Add("b");

        for (int scan = 1; scan <= 2; scan++)
        {
            opened.Clear();
            await ClosureScanner.ScanAsync(store, [FakeStore.PathOf("root")], new ClosureScanOptions { VerifyHashes = verifies, Jobs = 4 }, cancellationToken: Scanning.Token);

            Assert.Equal(new[] { "a", "b", "root" }.Select(FakeStore.PathOf).Order(), opened.Order());
        }
    }

    [Fact]
    public async Task Metadata_alone_reads_nothing()
    {
        await using FakeStore store = new() { BeforeScan = (_, _) => throw new InvalidOperationException("read") };
        store.Add("root", "leaf").Add("leaf");

        ScannedClosure closure = await ClosureScanner.ScanAsync(
            store, [FakeStore.PathOf("root")], new ClosureScanOptions { MetadataOnly = true }, cancellationToken: Scanning.Token);

        Assert.Equal(2, closure.Paths.Length);
        Assert.All(closure.Paths, path => Assert.Null(path.Scan));
    }

    [Fact]
    public async Task Progress_ends_with_every_path_and_every_byte()
    {
        await using FakeStore store = new FakeStore().Add("root", "leaf").Add("leaf");
        LastProgress progress = new();

        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [FakeStore.PathOf("root")], null, progress, Scanning.Token);

        Assert.Equal(new ScanProgress(2, 2, closure.Paths.Sum(path => path.Scan!.NarSize), null), progress.Last);
    }

    private static Task<ScannedClosure> ScanAsync(FakeStore store, string[] roots, int jobs = 2) => ClosureScanner.ScanAsync(
        store, roots.Select(FakeStore.PathOf), new ClosureScanOptions { Jobs = jobs }, cancellationToken: Scanning.Token);

    private static IEnumerable<StorePath> Sorted(params string[] names) => names.Select(FakeStore.PathOf).Order();

    private sealed class LastProgress : IProgress<ScanProgress>
    {
        private readonly Lock _lock = new();

        public ScanProgress Last { get; private set; }

        public void Report(ScanProgress value)
        {
            lock (_lock)
            {
                Last = value;
            }
        }
    }
}
