using ClosureScan.Paths;
using ClosureScan.Stores.Caching;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Caching;

/// <summary>What scans keep for the next: it reads nothing twice, says the same, and a file that is damaged or cannot be used changes nothing but the time.</summary>
public sealed class FactsCacheTests : IDisposable
{
    private static readonly StorePath Part = LeakyCache.Find($"kbd-{LeakyCache.Host}-2.6.4");

    private readonly TemporaryTree _tree = new();

    private string CacheFile => _tree.PathOf("cache/facts.sqlite");

    [Fact]
    public async Task A_second_scan_reads_nothing_and_says_the_same()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        ScannedClosure first = await ScanAsync(server, LeakyCache.Root, expectedHits: 0);
        int asked = server.Requests.Count;

        ScannedClosure second = await ScanAsync(server, LeakyCache.Root, expectedHits: LeakyCache.Paths.Length);

        Assert.Empty(second.Problems);
        AssertSame(first, second);
        Assert.DoesNotContain(server.Requests.Skip(asked), request => request.Contains("nar/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_closure_with_the_same_paths_reads_only_the_others()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        ScannedClosure part = await ScanAsync(server, Part, expectedHits: 0);
        ScannedClosure whole = await ScanAsync(server, LeakyCache.Root, expectedHits: part.Paths.Length);

        AssertSame(await Plain(server, LeakyCache.Root), whole);
        AssertSame(part, await ScanAsync(server, Part, expectedHits: part.Paths.Length));
    }

    [Fact]
    public async Task A_deep_scan_is_another_question()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        await ScanAsync(server, Part, expectedHits: 0);
        ScannedClosure deep = await ScanAsync(server, Part, expectedHits: 0, deep: true);

        Assert.Equal(ScanDepth.Deep, deep.Depth);
        await ScanAsync(server, Part, expectedHits: deep.Paths.Length, deep: true);
    }

    [Fact]
    public async Task Contents_count_and_not_names()
    {
        using TemporaryTree cache = new();
        HostileCache world = new HostileCache(cache).Add(HostileCache.First, new MemoryTree().File("a", "one").ToNar());
        await using TestServer server = await TestServer.StartFolderAsync(world.Folder);
        StorePath path = StorePath.Parse($"/nix/store/{HostileCache.First}");
        Assert.Equal(3, (await ScanAsync(server, path, expectedHits: 0)).Paths[0].Scan!.ByteCount);

        world.Add(HostileCache.First, new MemoryTree().File("a", "three").ToNar());

        Assert.Equal(5, (await ScanAsync(server, path, expectedHits: 0)).Paths[0].Scan!.ByteCount);
    }

    [Fact]
    public async Task What_fails_its_check_is_not_kept()
    {
        using TemporaryTree cache = new();
        HostileCache world = new HostileCache(cache).Add(HostileCache.First, new MemoryTree().File("a", "one").ToNar());
        File.WriteAllBytes(world.Nar(HostileCache.First), new MemoryTree().File("a", "two").ToNar());
        await using TestServer server = await TestServer.StartFolderAsync(world.Folder);
        StorePath path = StorePath.Parse($"/nix/store/{HostileCache.First}");
        Assert.Single((await ScanAsync(server, path, expectedHits: 0)).Problems);

        Assert.Single((await ScanAsync(server, path, expectedHits: 0)).Problems);
    }

    [Fact]
    public async Task A_damaged_file_is_never_believed()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        ScannedClosure expected = await ScanAsync(server, Part, expectedHits: 0);
        byte[] whole = File.ReadAllBytes(CacheFile);
        Random random = new(20261125);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. whole];
            switch (round % 3)
            {
                case 0:
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged = damaged[..random.Next(damaged.Length)];
                    break;
                default:
                    random.NextBytes(damaged.AsSpan(random.Next(damaged.Length)));
                    break;
            }

            File.Delete(CacheFile + "-wal");
            File.Delete(CacheFile + "-shm");
            File.WriteAllBytes(CacheFile, damaged);
            AssertSame(expected, await ScanAsync(server, Part, expectedHits: null));
        }

        // Begun anew, it serves again.
        File.WriteAllText(CacheFile, "this is no database");
        await ScanAsync(server, Part, expectedHits: 0);
        await ScanAsync(server, Part, expectedHits: expected.Paths.Length);
    }

    [Fact]
    public async Task A_place_that_cannot_be_used_is_let_be()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        _tree.File("file", "");
        using FactsCache cache = FactsCache.Open(_tree.PathOf("file/facts.sqlite"));
        Assert.Empty((await ScanAsync(server, Part, cache)).Problems);
        Assert.Equal((0, 0), cache.Measure());
    }

    [Fact]
    public async Task Several_use_one_file_at_once()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        ScannedClosure expected = await Plain(server, LeakyCache.Root);
        ScannedClosure[] scans = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScanAsync(server, LeakyCache.Root, expectedHits: null)));

        Assert.All(scans, scan => AssertSame(expected, scan));
        await ScanAsync(server, LeakyCache.Root, expectedHits: LeakyCache.Paths.Length);
    }

    [Fact]
    public async Task A_file_that_grows_too_long_loses_what_was_not_used_longest()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        const long Most = 24 * 1024;
        for (int round = 0; round < 3; round++)
        {
            using FactsCache cache = FactsCache.Open(CacheFile, Most);
            await ScanAsync(server, LeakyCache.Root, cache);
        }

        using FactsCache left = FactsCache.Open(CacheFile, Most);
        (long count, long bytes) = left.Measure();
        Assert.InRange(count, 1, LeakyCache.Paths.Length - 1);
        Assert.InRange(bytes, 1, 3 * Most);
        left.Clear();
        Assert.Equal((0, 0), left.Measure());
        Assert.False(File.Exists(CacheFile));
    }

    public void Dispose() => _tree.Dispose();

    private static async Task<ScannedClosure> ScanAsync(TestServer server, StorePath root, FactsCache? cache, bool deep = false)
    {
        await using IStore store = await Store.OpenAsync([server.Address], new StoreOptions { ChecksSignatures = false }, Scanning.Token);
        ClosureScanOptions options = new() { Cache = cache, Scan = new ScanOptions { Deep = deep } };
        return await ClosureScanner.ScanAsync(store, [root], options, cancellationToken: Scanning.Token);
    }

    private static Task<ScannedClosure> Plain(TestServer server, StorePath root) => ScanAsync(server, root, cache: null);

    private static void AssertSame(ScannedClosure expected, ScannedClosure actual)
    {
        Assert.Equal(expected.Problems, actual.Problems);
        Assert.Equal(expected.Paths.Select(path => path.Info.Path), actual.Paths.Select(path => path.Info.Path));
        Assert.All(expected.Paths.Zip(actual.Paths), pair => Assert.Equal(pair.First.Scan, pair.Second.Scan));
    }

    private async Task<ScannedClosure> ScanAsync(TestServer server, StorePath root, int? expectedHits, bool deep = false)
    {
        using FactsCache cache = FactsCache.Open(CacheFile);
        ScannedClosure closure = await ScanAsync(server, root, cache, deep);
        Assert.Equal(expectedHits ?? cache.HitCount, cache.HitCount);
        return closure;
    }
}
