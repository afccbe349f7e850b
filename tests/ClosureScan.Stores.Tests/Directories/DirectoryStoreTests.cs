using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Directories;

/// <summary>That a directory without a database gives the references that Nix registered.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class DirectoryStoreTests(RealNix nix) : IClassFixture<RealNix>
{
    [Theory]
    [InlineData("")]
    [InlineData("/nix/store")]
    public async Task Copied_store_without_its_database_gives_the_same_closure(string below)
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = nix.CopyToNewRoot(sample.Root);
        ScannedClosure registered = await Scanning.ScanAsync($"local?root={root}", sample.Root);
        Directory.Delete(root + "/nix/var", recursive: true);
        File.WriteAllText(root + sample.Root + ".lock", "");

        ScannedClosure found = await Scanning.ScanAsync(root + below, sample.Root);

        Assert.Empty(found.Problems);
        Assert.Equal(Scanning.Graph(registered), Scanning.Graph(found));
        Assert.Equal(Scanning.Found(registered), Scanning.Found(found));
        Assert.Equal(registered.Paths.Select(path => path.Info.NarSize), found.Paths.Select(path => path.Info.NarSize));
    }
}
