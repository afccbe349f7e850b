using ClosureScan.Paths;
using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Signatures;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Signatures;

/// <summary>Signatures that a real Nix made.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class TrustedKeysTests(RealNix nix) : IClassFixture<RealNix>
{
    /// <summary>A public key that none of these tests signs with.</summary>
    internal static string SomeKey => TrustedKeys.Default[(TrustedKeys.Default.IndexOf(':', StringComparison.Ordinal) + 1)..];

    [Fact]
    public void A_signature_by_a_trusted_key_is_good_for_exactly_what_was_signed()
    {
        (PathInfo[] infos, string key) = MakeSignedCache();
        TrustedKeys keys = TrustedKeys.Parse(key);

        Assert.All(infos, info => Assert.Equal(SignatureVerdict.Good, keys.Verify(info)));
        PathInfo root = infos.MaxBy(info => info.References!.Value.Length)!;
        Assert.Equal(SignatureVerdict.Wrong, keys.Verify(root with { NarSize = root.NarSize + 8 }));
        Assert.Equal(SignatureVerdict.Wrong, keys.Verify(root with { References = root.References!.Value[1..] }));
        Assert.Equal(SignatureVerdict.Wrong, keys.Verify(root with { NarHash = infos.First(info => info != root).NarHash }));
        Assert.Equal(SignatureVerdict.Good, keys.Verify(root with { Deriver = null }));
    }

    [Fact]
    public void A_key_is_found_by_its_name_and_has_to_be_the_one()
    {
        (PathInfo[] infos, string key) = MakeSignedCache();
        Assert.Equal(SignatureVerdict.Unknown, TrustedKeys.Parse(TrustedKeys.Default).Verify(infos[0]));
        Assert.Equal(SignatureVerdict.Wrong, TrustedKeys.Parse($"{key[..key.IndexOf(':', StringComparison.Ordinal)]}:{SomeKey}").Verify(infos[0]));
        Assert.Equal(SignatureVerdict.Unsigned, TrustedKeys.Parse(key).Verify(infos[0] with { Signatures = [] }));
        Assert.Equal(SignatureVerdict.Wrong, TrustedKeys.Parse(key).Verify(infos[0] with { Signatures = [key] }));
    }

    [Theory]
    [InlineData("cache.example.org-1")]
    [InlineData("cache.example.org-1:")]
    [InlineData("cache.example.org-1:AAAA")]
    [InlineData(":6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=")]
    public void A_malformed_key_is_refused(string key)
    {
        // The last one lacks a name: a signature without a name would otherwise be looked up as its.
        Assert.Throws<StoreUriException>(() => TrustedKeys.Parse(key));
    }

    private (PathInfo[] Infos, string Key) MakeSignedCache()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string folder = nix.NewFolder();
        string secret = Path.Combine(folder, "secret");
        string published = Path.Combine(folder, "public");
        Assert.Equal(0, nix.Run("nix-store", "--generate-binary-cache-key", "test.example.org-1", secret, published).ExitCode);
        string cache = Path.Combine(folder, "cache");
        ToolRun copy = nix.Run("nix", "copy", "--to", $"file://{cache}?compression=none&secret-key={secret}", closure.Root);
        Assert.True(copy.ExitCode == 0, copy.Error);
        StorePathPool paths = new(StorePath.DefaultStoreDirectory);
        PathInfo[] infos = [.. Directory.GetFiles(cache, "*.narinfo").Select(file => NarInfoParser.Parse(File.ReadAllBytes(file), file, paths).Info)];
        Assert.Equal(3, infos.Length);
        return (infos, File.ReadAllText(published).Trim());
    }
}
