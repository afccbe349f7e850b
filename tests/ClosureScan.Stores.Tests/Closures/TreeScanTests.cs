using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Closures;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>That several threads share one path, and that nobody sees it in the result.</summary>
public sealed class TreeScanTests
{
    private static readonly StorePath Library = FakeStore.PathOf("library");

    [Fact]
    public async Task One_large_path_is_shared_by_all_threads_and_its_scan_is_that_of_one()
    {
        using TemporaryTree tree = LargeTree();
        PathScan expected = new PathScanner(ReferenceSet.Create([Library])).ScanDirectory(tree.Root, Scanning.Token);
        Assert.Equal(60, Assert.Single(expected.References).Evidence.Length);

        foreach (int jobs in (int[])[1, 2, 5])
        {
            using WorkQueue queue = new();
            using SemaphoreSlim turns = new(jobs);
            PathScan? scan = null;
            ScannerPool scanners = new(ReferenceSet.Create([Library]), ScanOptions.Default);
            queue.Add(token =>
            {
                SpinWait.SpinUntil(() => jobs == 1 || queue.HasIdleThread, TimeSpan.FromSeconds(30));
                scan = new TreeScan(queue, scanners, turns).Run(tree.Root, hashes: false, scanners.Rent(), token);
            });

            await Crew.RunAsync(jobs, queue.Work, Scanning.Token);

            Assert.Equal(expected, scan);
        }
    }

    [Fact]
    public async Task Path_that_meets_a_bound_is_told_as_one_thread_tells_it()
    {
        using TemporaryTree tree = LargeTree();
        using WorkQueue queue = new();
        using SemaphoreSlim turns = new(4);
        PathScan? scan = null;
        ScannerPool scanners = new(ReferenceSet.Create([Library]), new ScanOptions { MaxContextsPerPath = 5 });
        queue.Add(token =>
        {
            SpinWait.SpinUntil(() => queue.HasIdleThread, TimeSpan.FromSeconds(30));
            scan = new TreeScan(queue, scanners, turns).Run(tree.Root, hashes: false, scanners.Rent(), token);
        });

        await Crew.RunAsync(4, queue.Work, Scanning.Token);

        Assert.Equal(scanners.Rent().ScanDirectory(tree.Root, Scanning.Token), scan);
        Assert.Equal(5, scan!.References[0].Evidence.Count(item => item.Context is not null));
    }

    [Fact]
    public async Task Jobs_are_the_paths_that_are_read_at_once_where_reading_blocks()
    {
        const int Jobs = 12;
        using Barrier meeting = new(Jobs);
        await using BlockingStore store = new(meeting);

        ScannedClosure closure = await ClosureScanner.ScanAsync(
            store, Enumerable.Range(0, Jobs).Select(BlockingStore.PathOf), new ClosureScanOptions { Jobs = Jobs }, cancellationToken: Scanning.Token);

        Assert.True(closure.IsComplete);
    }

    private static TemporaryTree LargeTree()
    {
        TemporaryTree tree = new();
        for (int index = 0; index < 60; index++)
        {
            tree.File($"f{index:D2}", new string('x', 700_000) + $"\n{Library}/lib\n" + new string('y', index * 1000));
        }

        return tree;
    }

    /// <summary>A store whose streams give nothing before all of its paths are being read.</summary>
    private sealed class BlockingStore(Barrier meeting) : IStore
    {
        public string Directory => StorePath.DefaultStoreDirectory;

        public static StorePath PathOf(int index) => FakeStore.PathOf($"p{index}");

        public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => new(new PathInfo { Path = path, References = [] });

        public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) =>
            new(StoreContents.Nar(new MeetingStream(meeting, NarBuilder.OfFile(Encoding.UTF8.GetBytes(info.Path.Name)))));
    }

    private sealed class MeetingStream(Barrier meeting, byte[] nar) : MemoryStream(nar)
    {
        private bool _hasMet;

        public override int Read(Span<byte> buffer)
        {
            if (!_hasMet)
            {
                _hasMet = true;
                meeting.SignalAndWait(Scanning.Token);
            }

            return base.Read(buffer);
        }
    }
}
