using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Installables;

/// <summary>Installables by a real Nix: built and scanned, or named and taken from a cache, or told why not.</summary>
public sealed class InstallableTests(RealNix nix) : IClassFixture<RealNix>
{
    private const string Hold = "trap 'sleep 0.1 &' EXIT; ";

    [Theory]
    [InlineData("--file", "good")]
    [InlineData("--file", "good", "--no-build")]
    [InlineData("--expr")]
    [InlineData("flake")]
    public void What_is_built_is_scanned(string kind, params string[] more)
    {
        string file = WriteFile("installable-built");
        string path = nix.Build($"(import {file}).good")[0];

        ToolRun run = kind switch
        {
            "--file" => Scan(["--file", file, .. more]),
            "--expr" => Scan(["--expr", $"(import {file}).good"]),
            _ => Scan([$"path:{Path.GetDirectoryName(file)}#good"]),
        };

        Assert.True(run.ExitCode == 0, run.Error + run.Text);
        Assert.Contains(Path.GetFileName(path)[..8], run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_built_is_built_and_what_fails_says_so()
    {
        string file = WriteFile($"installable-{Guid.NewGuid():n}");
        ToolRun unbuilt = Scan(["--file", file, "good", "--no-build", "--store", "local"]);
        Assert.Equal(4, unbuilt.ExitCode);
        Assert.Contains("is not in local", unbuilt.Error, StringComparison.Ordinal);

        ToolRun failed = Scan(["--file", file, "bad"]);
        Assert.Equal(4, failed.ExitCode);
        Assert.Contains("installable-bad", failed.Error, StringComparison.Ordinal);
        Assert.Contains("nix could not build -f", failed.Error, StringComparison.Ordinal);

        ToolRun missing = Scan(["--file", file, "nothing"]);
        Assert.Equal(4, missing.ExitCode);
        Assert.Contains("nothing", missing.Error, StringComparison.Ordinal);

        Assert.Equal(0, RetryKilled(() => Scan(["--file", file, "good"])).ExitCode);
    }

    [Fact]
    public async Task What_is_not_here_comes_from_the_substituters()
    {
        string file = WriteFile($"installable-{Guid.NewGuid():n}");
        string path = nix.Build($"(import {file}).good")[0];
        string cache = Path.Combine(nix.NewFolder(), "cache");
        nix.CopyToCache(cache, "xz", path);
        Assert.Equal(0, nix.Run("nix-store", "--delete", path).ExitCode);
        await using TestServer server = await TestServer.StartFolderAsync(cache);
        Dictionary<string, string?> variables = new(nix.Environment) { ["NIX_CONFIG"] = $"substituters = {server.Address}" };

        ToolRun unsigned = Scan(["--file", file, "good", "--no-build"], variables);
        Assert.Equal(3, unsigned.ExitCode);
        Assert.Contains("nobody has signed it", unsigned.Text + unsigned.Error, StringComparison.Ordinal);

        ToolRun run = Scan(["--file", file, "good", "--no-build", "--no-check-sigs"], variables);
        Assert.True(run.ExitCode == 0, run.Error + run.Text);
        Assert.False(File.Exists(path));
        Assert.Contains(server.Requests, request => request.EndsWith(".nar.xz", StringComparison.Ordinal));
    }

    private ToolRun Scan(string[] arguments, Dictionary<string, string?>? variables = null) =>
        ClosureScanTool.RunWith(variables ?? new Dictionary<string, string?>(nix.Environment), null, ["scan", .. arguments, "--no-color", "--host", "x86_64-linux"]);

    /// <summary>Nix 2.8 calls a build failed now and then whose log ended before its exit status was known.</summary>
    private static ToolRun RetryKilled(Func<ToolRun> run)
    {
        ToolRun last = run();
        for (int attempt = 1; attempt < 5 && last.Error.Contains("failed due to signal 9", StringComparison.Ordinal); attempt++)
        {
            last = run();
        }

        return last;
    }

    /// <summary>A file whose attribute <c>good</c> builds and whose <c>bad</c> does not, and a flake beside it with the same.</summary>
    private string WriteFile(string name)
    {
        string folder = nix.NewFolder();
        string attributes = $$"""
            rec {
              good = derivation { name = "{{name}}"; system = "x86_64-linux"; builder = "/bin/bash"; args = [ "-c" "{{Hold}}echo text > $out" ]; PATH = "/usr/bin:/bin"; };
              bad = derivation { name = "installable-bad"; system = "x86_64-linux"; builder = "/bin/bash"; args = [ "-c" "{{Hold}}exit 1" ]; PATH = "/usr/bin:/bin"; };
            }
            """;
        string file = Path.Combine(folder, "default.nix");
        File.WriteAllText(file, attributes);
        File.WriteAllText(Path.Combine(folder, "flake.nix"), $"{{ outputs = {{ self }}: {{ packages.x86_64-linux = {attributes}; }}; }}");
        return file;
    }
}
