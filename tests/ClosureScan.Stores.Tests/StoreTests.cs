using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests;

/// <summary>That a URI opens the store it means, or says which there are.</summary>
public sealed class StoreTests
{
    [Theory]
    [InlineData("ftp://cache.nixos.org")]
    [InlineData("dummy://")]
    [InlineData("mounted-ssh-ng://builder")]
    [InlineData("gs://bucket?region=x")]
    public async Task Unknown_scheme_lists_the_known_ones(string uri)
    {
        StoreUriException failure = await Assert.ThrowsAsync<StoreUriException>(() => Store.OpenAsync(uri, Scanning.Token).AsTask());

        Assert.Contains(uri, failure.Message, StringComparison.Ordinal);
        Assert.Contains("local?root=DIR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Misspelt_parameter_is_refused()
    {
        StoreUriException failure = await Assert.ThrowsAsync<StoreUriException>(() => Store.OpenAsync("local?rot=/mnt", Scanning.Token).AsTask());

        Assert.Contains("\"rot\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_folder_file_and_missing_folder_are_no_stores()
    {
        using TemporaryTree tree = new TemporaryTree().Directory("empty").File("a.nar", "x");
        foreach (string name in (string[])["empty", "a.nar", "missing"])
        {
            await Assert.ThrowsAsync<StoreUriException>(() => Store.OpenAsync(tree.PathOf(name), Scanning.Token).AsTask());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("file://")]
    public async Task Cache_of_the_samples_is_scanned_whole(string scheme)
    {
        await using IStore store = await Store.OpenAsync(scheme + LeakyCache.Location, Scanning.Token);

        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [LeakyCache.Root], cancellationToken: Scanning.Token);

        Assert.Empty(closure.Problems);
        Assert.Equal(LeakyCache.Paths, closure.Paths.Select(path => path.Info.Path));
    }

    [Fact]
    public async Task Number_of_jobs_does_not_change_the_result()
    {
        await using IStore store = await Store.OpenAsync(LeakyCache.Location, Scanning.Token);
        ScannedClosure one = await ClosureScanner.ScanAsync(store, [LeakyCache.Root], new ClosureScanOptions { Jobs = 1 }, cancellationToken: Scanning.Token);
        ScannedClosure four = await ClosureScanner.ScanAsync(store, [LeakyCache.Root], new ClosureScanOptions { Jobs = 4 }, cancellationToken: Scanning.Token);

        Assert.Equal(Scanning.Graph(one), Scanning.Graph(four));
        Assert.Equal(Scanning.Found(one), Scanning.Found(four));
    }
}
