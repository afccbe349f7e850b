using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>That a scan hears the derivations of real Nix where a store has them at hand, and misses none where it has not.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class BuildRecordsTests(RealNix nix) : IClassFixture<RealNix>
{
    private const string Expression = """
        let
          make = name: more: derivation ({ inherit name; system = "x86_64-linux"; builder = "/bin/bash"; PATH = "/usr/bin:/bin"; args = [ "-euc" "trap 'sleep 0.1 &' EXIT; echo $name $nativeBuildInputs > $out" ]; nativeBuildInputs = ""; } // more);
        in make "told-aarch64-unknown-linux-gnu-2.6" {
          configureFlags = "--build=x86_64-unknown-linux-gnu --host=aarch64-unknown-linux-gnu";
          nativeBuildInputs = "${make "told-tool-5.2" {}}";
          buildInputs = "${make "told-tool-aarch64-unknown-linux-gnu-5.2" {}}";
        }
        """;

    [Theory]
    [InlineData("local")]
    [InlineData("daemon")]
    public async Task Local_store_has_the_deriver_of_what_it_built(string uri)
    {
        if (uri == "daemon" && !File.Exists("/nix/var/nix/daemon-socket/socket"))
        {
            uri = "auto";
        }

        StorePath root = StorePath.Parse(nix.Build(Expression)[0]);
        await using IStore store = await Store.OpenAsync(uri, Scanning.Token);
        Check(await ClosureScanner.ScanAsync(store, [root], cancellationToken: Scanning.Token), root);
    }

    [Fact]
    public async Task Folder_of_paths_has_the_derivation_that_says_it_built_the_path_and_no_other()
    {
        StorePath root = StorePath.Parse(nix.Build(Expression)[0]);
        string deriver = nix.Run("nix-store", "--query", "--deriver", root.ToString()).Lines[0];
        using TemporaryTree folder = new();
        ScannedClosure closure = await Scan();
        Assert.All(closure.Paths, path => Assert.Null(path.Build));

        string other = $"{deriver[..^"told-aarch64-unknown-linux-gnu-2.6.drv".Length][..^33]}{new string('0', 32)}-told-aarch64-unknown-linux-gnu-2.6.drv";
        folder.File(Path.GetFileName(other), (await File.ReadAllTextAsync(deriver, Scanning.Token)).Replace(root.ToString(), $"/nix/store/{new string('1', 32)}-told", StringComparison.Ordinal));
        Assert.All((await Scan()).Paths, path => Assert.Null(path.Build));

        folder.File(Path.GetFileName(deriver), await File.ReadAllTextAsync(deriver, Scanning.Token));
        Check(await Scan(), root);

        async Task<ScannedClosure> Scan()
        {
            foreach (string path in nix.Closure(root.ToString()))
            {
                folder.File(Path.GetFileName(path), await File.ReadAllTextAsync(path, Scanning.Token));
            }

            await using IStore store = await Store.OpenAsync(folder.Root, Scanning.Token);
            return await ClosureScanner.ScanAsync(store, [root], cancellationToken: Scanning.Token);
        }
    }

    private static void Check(ScannedClosure closure, StorePath root)
    {
        Assert.Empty(closure.Problems);
        RecordedBuild build = closure.Paths.Single(path => path.Info.Path.Equals(root)).Build!;
        Assert.Equal(("aarch64-linux", "x86_64-linux"), (build.Host.System, build.Build!.System));
        Assert.Equal(["told-tool-5.2"], build.Inputs.Where(input => input.IsForBuild).Select(input => input.Path.Name));
        Assert.Equal(["told-tool-aarch64-unknown-linux-gnu-5.2"], build.Inputs.Where(input => input.IsForHost).Select(input => input.Path.Name));
        Assert.All(closure.Paths.Where(path => !path.Info.Path.Equals(root)), path => Assert.Null(path.Build));
    }
}
