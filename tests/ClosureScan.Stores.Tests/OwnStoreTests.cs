using System.Text;
using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests;

/// <summary>That a store is three members, and that all the rest is the scanner's: threads, checks, references that nobody tells.</summary>
public sealed class OwnStoreTests
{
    [Fact]
    public async Task Store_of_three_members_is_scanned_like_any_other()
    {
        StorePath app = FakeStore.PathOf("app"), library = FakeStore.PathOf("library");
        Memory store = new(new()
        {
            [app] = NarBuilder.OfFile(Encoding.UTF8.GetBytes($"#!{library}/bin/sh\n")),
            [library] = NarBuilder.OfFile("nothing"u8.ToArray()),
        })
        {
            References = { [app] = [library], [library] = [] },
        };

        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [app], cancellationToken: Scanning.Token);

        Assert.True(closure.IsComplete);
        Assert.Equal([app, library], closure.Paths.Select(path => path.Info.Path).OrderByDescending(path => path.Equals(app)));
        Assert.Equal(library.Hash, Assert.Single(closure.Paths.Single(path => path.Info.Path.Equals(app)).Scan!.References).Target);
    }

    [Fact]
    public async Task References_that_neither_metadata_nor_a_listing_can_tell_stay_unknown()
    {
        StorePath app = FakeStore.PathOf("app");
        Memory store = new(new() { [app] = NarBuilder.OfFile(Encoding.UTF8.GetBytes($"{FakeStore.PathOf("library")}")) });

        ScannedPath path = Assert.Single((await ClosureScanner.ScanAsync(store, [app], cancellationToken: Scanning.Token)).Paths);

        Assert.Null(path.Info.References);
        Assert.NotNull(path.Scan);
    }

    private sealed class Memory(Dictionary<StorePath, byte[]> nars) : IStore
    {
        public string Directory => StorePath.DefaultStoreDirectory;

        public Dictionary<StorePath, StorePath[]> References { get; } = [];

        public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => new(!nars.ContainsKey(path)
            ? null
            : new PathInfo { Path = path, References = References.TryGetValue(path, out StorePath[]? references) ? [.. references] : null });

        public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) =>
            new(StoreContents.Nar(nars[info.Path]));
    }
}
