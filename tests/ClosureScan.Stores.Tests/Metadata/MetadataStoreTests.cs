using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Metadata;

/// <summary>That metadata from files gives the closure that the database gives.</summary>
[Trait(Tier.Name, Tier.Real)]
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
            store, [StorePath.Parse(Fill("/nix/store/A-x"))], new ClosureScanOptions { MetadataOnly = true }, cancellationToken: Scanning.Token);

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

    [Theory]
    [InlineData("""{"algorithm":"sha256","format":"base64","hash":"BASE64"}""")]
    [InlineData("""{"algorithm":"sha256","format":"base16","hash":"BASE16"}""")]
    [InlineData("\"sha256-BASE64\"")]
    [InlineData("\"sha256:BASE16\"")]
    [InlineData("\"sha256:BASE32\"")]
    public async Task Every_way_to_write_a_hash_gives_the_same(string narHash)
    {
        // "nix hash to-base64 --type sha256" and its like, of the SHA-256 of nothing.
        string json = narHash
            .Replace("BASE64", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", StringComparison.Ordinal)
            .Replace("BASE16", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", StringComparison.Ordinal)
            .Replace("BASE32", "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73", StringComparison.Ordinal);

        PathInfo info = await QueryAsync("path-info", """{"version":3,"storeDir":"/nix/store","info":{"A-x":{"narSize":8,"references":[],"narHash":""" + json + "}}}", "A-x");

        Assert.Equal(new NarHash(System.Security.Cryptography.SHA256.HashData([])), info.NarHash);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"fixed:r:sha256:x\"", "fixed:r:sha256:x")]
    [InlineData("""{"method":"nar","hash":"sha256-x"}""", """{"method":"nar","hash":"sha256-x"}""")]
    public async Task Content_address_is_given_as_it_stands(string json, string? expected)
    {
        PathInfo info = await QueryAsync("path-info", """{"/nix/store/A-x":{"narSize":8,"references":[],"ca":""" + json + "}}", "A-x");

        Assert.Equal(expected, info.ContentAddress);
    }

    [Fact]
    public async Task Graph_in_the_attributes_of_a_derivation_is_found_by_its_key()
    {
        const string Attributes = """{"outputs":{"out":"/nix/store/C-z"},"closure":[{"path":"/nix/store/A-x","narHash":"sha256:H","narSize":8,"references":["/nix/store/A-x"],"closureSize":8}]}""";
        PathInfo info = await QueryAsync("path-info", Attributes, "A-x", "?key=closure");

        Assert.Equal([info.Path], info.References);
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => QueryAsync("path-info", Attributes, "A-x", "?key=graph"));
        Assert.Contains("\"graph\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_file_without_hashes_gives_references_and_derivers()
    {
        const string Graph = "/nix/store/A-x\n\n2\n/nix/store/B-y\n/nix/store/A-x\n/nix/store/B-y\n/nix/store/C-z\n0\n";
        PathInfo first = await QueryAsync("registration", Graph, "A-x");
        PathInfo second = await QueryAsync("registration", Graph, "B-y");

        Assert.Equal([Fill("/nix/store/A-x"), Fill("/nix/store/B-y")], first.References!.Value.Select(path => path.ToString()));
        Assert.Null(first.NarHash);
        Assert.Null(first.NarSize);
        Assert.Null(first.Deriver);
        Assert.Equal(Fill("/nix/store/C-z"), second.Deriver?.ToString());
        Assert.Empty(second.References!.Value);
    }

    private static async Task<PathInfo> QueryAsync(string scheme, string text, string path, string parameters = "")
    {
        using TemporaryTree tree = new TemporaryTree().File("file", Fill(text));
        await using IStore store = await Store.OpenAsync($"{scheme}:{tree.PathOf("file")}{parameters}", Scanning.Token);
        PathInfo? info = await store.FindAsync(StorePath.Parse(Fill("/nix/store/" + path)), Scanning.Token);
        Assert.NotNull(info);
        return info;
    }

    /// <summary>Writes whole hashes for A-, B- and C-, and for the digits H.</summary>
    private static string Fill(string text) => text
        .Replace("A-x", new string('a', 32) + "-x", StringComparison.Ordinal)
        .Replace("B-y", new string('b', 32) + "-y", StringComparison.Ordinal)
        .Replace("C-z", new string('c', 32) + "-z", StringComparison.Ordinal)
        .Replace("sha256:H", "sha256:" + new string('0', 52), StringComparison.Ordinal);
}
