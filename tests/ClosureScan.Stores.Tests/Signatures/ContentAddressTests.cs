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

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fixed:r:sha256")]
    [InlineData("fixed:x:sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("fixed:r:sha255:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("text:sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c7")]
    public void What_is_no_address_is_none(string? text) => Assert.False(ContentAddress.TryParse(text, out _));
}
