using System.Diagnostics;
using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>That a scan ends when it is cancelled, wherever it is. The times are those of a busy machine; a quiet one takes a tenth.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task One_huge_file_is_left()
    {
        using TemporaryTree tree = new();
        SetLength(tree.PathOf("huge"), 12L << 30);
        PathScanner scanner = new(ClosureScan.Scanning.ReferenceSet.Create(Array.Empty<StorePathHash>()));

        await AssertLeavesAsync(token => Task.Run(() => scanner.ScanDirectory(tree.Root, token), CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Bare_store_of_large_paths_is_left(int jobs)
    {
        using TemporaryTree tree = new();
        StorePath[] paths = [.. Enumerable.Range(0, 4).Select(index => FakeStore.PathOf($"large{index}"))];
        foreach (StorePath path in paths)
        {
            SetLength(tree.PathOf(path.BaseName), 4L << 30);
        }

        await using IStore store = await Store.OpenAsync(tree.Root, Scanning.Token);

        await AssertLeavesAsync(token => ClosureScanner.ScanAsync(store, paths, new ClosureScanOptions { Jobs = jobs }, cancellationToken: token));
    }

    [Fact]
    public async Task Store_that_blocks_and_knows_no_cancellation_is_left_alone()
    {
        using ManualResetEventSlim released = new();
        await using StuckStore store = new(released);

        await AssertLeavesAsync(token => ClosureScanner.ScanAsync(store, [FakeStore.PathOf("stuck")], cancellationToken: token));

        released.Set();
    }

    private static async Task AssertLeavesAsync(Func<CancellationToken, Task> scan)
    {
        using CancellationTokenSource cancel = new();
        Task running = scan(cancel.Token);
        await Task.Delay(100, Scanning.Token);
        Assert.False(running.IsCompleted);

        long start = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.True(Stopwatch.GetElapsedTime(start) < Longest, $"It took {Stopwatch.GetElapsedTime(start)}.");
        Assert.Equal(cancel.Token, thrown.CancellationToken);
    }

    private static void SetLength(string file, long length)
    {
        using FileStream stream = File.Create(file);
        stream.SetLength(length);
    }

    private sealed class StuckStore(ManualResetEventSlim released) : IStore
    {
        public string Directory => StorePath.DefaultStoreDirectory;

        public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => new(new PathInfo { Path = path, References = [] });

        public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
        {
            released.Wait(CancellationToken.None);
            return new(StoreContents.Nar(NarBuilder.OfFile([])));
        }
    }
}
