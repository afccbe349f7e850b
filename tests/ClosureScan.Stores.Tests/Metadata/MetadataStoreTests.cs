using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Metadata;

/// <summary>That metadata from files gives the closure that the database gives.</summary>
public sealed class MetadataStoreTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public async Task Path_info_and_registration_give_the_closure_of_the_database()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string folder = nix.NewFolder();
        File.WriteAllText(folder + "/info.json", nix.PathInfoJson(sample.Root));
        File.WriteAllText(folder + "/registration", nix.Run("nix-store", ["--dump-db", .. nix.Closure(sample.Root)]).Text);
        ScannedClosure expected = await Scanning.ScanAsync("local", sample.Root);

        foreach (string uri in (string[])[$"path-info:{folder}/info.json", $"registration:{folder}/registration"])
        {
            ScannedClosure closure = await Scanning.ScanAsync(uri, sample.Root);

            Assert.Empty(closure.Problems);
            Assert.Equal(Scanning.Graph(expected), Scanning.Graph(closure));
            Assert.Equal(expected.Paths.Select(path => (path.Info.NarHash, path.Info.NarSize)), closure.Paths.Select(path => (path.Info.NarHash, path.Info.NarSize)));
        }
    }

    [Theory]
    [InlineData("""[{"path":"/nix/store/A-x","valid":true,"narHash":"sha256:H","narSize":8,"references":["/nix/store/B-y"]},{"path":"/nix/store/B-y","narSize":9,"references":[]}]""")]
    [InlineData("""{"/nix/store/A-x":{"narSize":8,"references":["/nix/store/B-y"],"ca":null},"/nix/store/B-y":{"narSize":9,"references":[]},"/nix/store/C-z":null}""")]
    [InlineData("""{"version":2,"storeDir":"/nix/store","info":{"A-x":{"narSize":8,"references":["B-y"],"ca":{"method":"nar","hash":"sha256-x"}},"B-y":{"narSize":9,"references":[]}}}""")]
    public async Task Every_dialect_of_path_info_gives_the_same_graph(string json)
    {
        using TemporaryTree tree = new TemporaryTree().File("info.json", Fill(json));

        await using IStore store = await Store.OpenAsync("path-info:" + tree.PathOf("info.json"), Scanning.Token);
        ScannedClosure closure = await ClosureScanner.ScanAsync(
            store, [Paths.StorePath.Parse(Fill("/nix/store/A-x"))], new ClosureScanOptions { MetadataOnly = true }, cancellationToken: Scanning.Token);

        Assert.Equal([Fill("/nix/store/A-x -> /nix/store/B-y"), Fill("/nix/store/B-y -> ")], Scanning.Graph(closure));
        Assert.Equal([8L, 9L], closure.Paths.Select(path => path.Info.NarSize));
    }

    [Theory]
    [InlineData("path-info", "{\"a\":\n!}", "line 2")]
    [InlineData("path-info", "[{\"path\":\"/nix/store/short-x\",\"references\":[]}]", "short-x")]
    [InlineData("path-info", "3", "not as nix path-info")]
    [InlineData("registration", "/nix/store/A-x\n\n1\n", "line 3")]
    [InlineData("registration", "/nix/store/A-x\n\n0", "ends within a path")]
    [InlineData("registration", "/nix/store/A-x\nnohash\n1\n\n0\n", "line 2")]
    public async Task Malformed_file_is_told_with_its_place(string scheme, string text, string place)
    {
        using TemporaryTree tree = new TemporaryTree().File("file", Fill(text));

        StoreException failure = await Assert.ThrowsAsync<StoreException>(
            () => Store.OpenAsync($"{scheme}:{tree.PathOf("file")}", Scanning.Token).AsTask());

        Assert.Contains(tree.PathOf("file"), failure.Message, StringComparison.Ordinal);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Writes whole hashes for A-, B- and C-, and for the digits H.</summary>
    private static string Fill(string text) => text
        .Replace("A-x", new string('a', 32) + "-x", StringComparison.Ordinal)
        .Replace("B-y", new string('b', 32) + "-y", StringComparison.Ordinal)
        .Replace("C-z", new string('c', 32) + "-z", StringComparison.Ordinal)
        .Replace("sha256:H", "sha256:" + new string('0', 52), StringComparison.Ordinal);
}
