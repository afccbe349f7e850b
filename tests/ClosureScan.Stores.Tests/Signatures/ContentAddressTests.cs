using System.Text;
using ClosureScan.Paths;
using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Metadata;
using ClosureScan.Stores.Signatures;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Signatures;

/// <summary>Content-addressed paths that a real Nix made: their names follow from their addresses.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ContentAddressTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public void The_path_follows_from_the_address()
    {
        string file = Path.Combine(nix.NewFolder(), "some-file");
        File.WriteAllText(file, "contents");
        string recursive = nix.Run("nix-store", "--add", file).Lines[0];
        string flat = nix.Run("nix-store", "--add-fixed", "sha256", file).Lines[0];
        string sha1 = nix.Run("nix-store", "--add-fixed", "--recursive", "sha1", file).Lines[0];
        string text = nix.Run("nix-instantiate", "--eval", "--read-write-mode", "--expr", $"builtins.toFile \"text\" \"refers to ${{builtins.storePath {recursive}}}\"").Text.Trim().Trim('"');

        PathInfo[] infos = [.. PathInfoJson.Parse(Encoding.UTF8.GetBytes(nix.PathInfoJson(recursive, flat, sha1, text)), "path-info", null)];

        Assert.Equal(4, infos.Length);
        foreach (PathInfo info in infos)
        {
            Assert.True(ContentAddress.TryParse(info.ContentAddress, out ContentAddress? address), info.ContentAddress);
            Assert.Equal(info.Path, address!.PathFor(info.Path, info.References!.Value));
        }

        // Only the address of a whole NAR is proved by the NAR's hash.
        Assert.Equal([recursive], infos.Where(ContentAddress.Proves).Select(info => info.Path.ToString()));
        PathInfo proved = infos.Single(ContentAddress.Proves);
        Assert.False(ContentAddress.Proves(proved with { NarHash = infos.First(info => info.NarHash != proved.NarHash).NarHash }));
        Assert.False(ContentAddress.Proves(proved with { References = [infos[0].Path, infos[1].Path] }));
    }

    [Fact]
    public async Task Unsigned_contents_are_held_against_their_address()
    {
        string file = Path.Combine(nix.NewFolder(), "some-file");
        File.WriteAllText(file, "contents of a file that is longer than a few words");
        string[] paths =
        [
            nix.Run("nix-store", "--add-fixed", "sha256", file).Lines[0],
            nix.Run("nix-store", "--add-fixed", "--recursive", "sha1", file).Lines[0],
            nix.Run("nix-store", "--add-fixed", "md5", file).Lines[0],
            nix.Run("nix-instantiate", "--eval", "--read-write-mode", "--expr", "builtins.toFile \"text\" \"a text\"").Text.Trim().Trim('"'),
        ];
        string cache = Path.Combine(nix.NewFolder(), "cache");
        ToolRun copy = nix.Run("nix", ["copy", "--to", $"file://{cache}?compression=none", .. paths]);
        Assert.True(copy.ExitCode == 0, copy.Error);
        await using TestServer server = await TestServer.StartFolderAsync(cache);
        Assert.Empty((await ScanAsync(server, paths)).Problems);

        // Other contents, with claims that fit them.
        foreach (string path in paths)
        {
            string narInfo = Path.Combine(cache, StorePath.Parse(path).Hash + ".narinfo");
            byte[] other = new MemoryTree().File("", $"not {path}").ToNar();
            File.WriteAllBytes(Path.Combine(cache, "nar", "other.nar"), other);
            Dictionary<string, string> fields = File.ReadLines(narInfo).Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1]);
            fields.Remove("FileHash");
            fields.Remove("FileSize");
            fields["URL"] = "nar/other.nar";
            fields["NarHash"] = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(other))}";
            fields["NarSize"] = $"{other.Length}";
            string before = File.ReadAllText(narInfo);
            File.WriteAllLines(narInfo, fields.Select(field => $"{field.Key}: {field.Value}"));

            ScanProblem problem = Assert.Single((await ScanAsync(server, [path])).Problems);
            Assert.Contains("content address", problem.Message, StringComparison.Ordinal);
            File.WriteAllText(narInfo, before);
        }
    }

    private static async Task<ScannedClosure> ScanAsync(TestServer server, string[] paths)
    {
        await using IStore store = await Store.OpenAsync([server.Address], StoreOptions.Default, Scanning.Token);
        return await ClosureScanner.ScanAsync(store, paths.Select(StorePath.Parse), cancellationToken: Scanning.Token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fixed:r:sha256")]
    [InlineData("fixed:x:sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("fixed:r:sha255:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("text:sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c7")]
    public void What_is_no_address_is_none(string? text) => Assert.False(ContentAddress.TryParse(text, out _));
}
