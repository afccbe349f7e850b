using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Http;

/// <summary>A real Nix and ClosureScan ask the same server, and agree.</summary>
public sealed class NixAgreementTests(RealNix nix) : IClassFixture<RealNix>
{
    private const string Experimental = "nix-command";

    [Theory]
    [InlineData(NixVersions.Own)]
    [InlineData(NixVersions.Newer)]
    public async Task On_what_the_closure_is_and_whether_it_can_be_trusted(string version)
    {
        SampleClosure closure = SampleClosure.Build(nix);
        (string cache, string key) = MakeSignedCache(closure);
        await using TestServer server = await TestServer.StartFolderAsync(cache);

        ToolRun told = Nix(version, "path-info", "--store", server.Address, "-r", closure.Root);
        Assert.True(told.ExitCode == 0, told.Error);
        ScannedClosure scanned = await ScanAsync(server, closure, key);
        Assert.Empty(scanned.Problems);
        Assert.Equal(told.Lines.Order(StringComparer.Ordinal), scanned.Paths.Select(path => path.Info.Path.ToString()));
        Assert.Equal(0, Verify(version, server, closure, key));

        // Another key of that name, and then metadata that was changed after it was signed.
        string otherKey = $"test.example.org-1:{Signatures.TrustedKeysTests.SomeKey}";
        Assert.NotEqual(0, Verify(version, server, closure, otherKey));
        Assert.Equal(3, (await ScanAsync(server, closure, otherKey)).Problems.Length);

        string narInfo = Path.Combine(cache, StorePath.Parse(closure.Middle).Hash + ".narinfo");
        File.WriteAllText(narInfo, string.Join('\n', File.ReadLines(narInfo).Where(line => !line.StartsWith("References:", StringComparison.Ordinal))) + "\n");
        Assert.NotEqual(0, Verify(version, server, closure, key));
        ScanProblem problem = Assert.Single((await ScanAsync(server, closure, key)).Problems);
        Assert.Equal(closure.Middle, problem.Path);
        Assert.Contains("signature is wrong", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<ScannedClosure> ScanAsync(TestServer server, SampleClosure closure, string key)
    {
        await using IStore store = await Store.OpenAsync([server.Address], new StoreOptions { TrustedKeys = [key] }, Scanning.Token);
        return await ClosureScanner.ScanAsync(store, [StorePath.Parse(closure.Root)], cancellationToken: Scanning.Token);
    }

    private int Verify(string version, TestServer server, SampleClosure closure, string key) =>
        Nix(version, "store", "verify", "--store", server.Address, "--option", "trusted-public-keys", key, "-r", closure.Root).ExitCode;

    /// <summary>A Nix that remembers nothing of what a cache said before.</summary>
    private ToolRun Nix(string version, params string[] arguments) => ToolRun.Execute(
        NixVersions.Find(version, "nix"),
        ["--extra-experimental-features", Experimental, .. arguments],
        new Dictionary<string, string?>(nix.Environment) { ["XDG_CACHE_HOME"] = nix.NewFolder() });

    private (string Cache, string Key) MakeSignedCache(SampleClosure closure)
    {
        string folder = nix.NewFolder();
        string secret = Path.Combine(folder, "key");
        Assert.Equal(0, nix.Run("nix-store", "--generate-binary-cache-key", "test.example.org-1", secret, secret + ".public").ExitCode);
        string cache = Path.Combine(folder, "cache");
        ToolRun copy = nix.Run("nix", "copy", "--to", $"file://{cache}?compression=xz&secret-key={secret}", closure.Root);
        Assert.True(copy.ExitCode == 0, copy.Error);
        return (cache, File.ReadAllText(secret + ".public").Trim());
    }
}
