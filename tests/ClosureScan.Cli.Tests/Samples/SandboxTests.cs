using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>
/// The check of samples/gate with the native tool in Nix's own build sandbox: no daemon, no network, no database, and of the store
/// only what the derivation depends on.
/// </summary>
[Trait(Tier.Name, Tier.Samples)]
public sealed class SandboxTests(GateImage image) : IClassFixture<GateImage>
{
    private static readonly string[] Sandbox =
    [
        "--option", "sandbox", "true", "--option", "sandbox-fallback", "false", "--option", "sandbox-paths",
        string.Join(' ', ProgramsAndLibraries(["/bin/sh", "/usr/bin/mkdir", "/usr/bin/sed", "/usr/bin/grep", "/usr/bin/touch", "/usr/bin/ls", "/usr/bin/cp", "/usr/bin/chmod", "/usr/bin/cat", "/usr/bin/ln"])),
    ];

    [Fact]
    public void A_leaky_closure_fails_the_build_with_its_chain()
    {
        ToolRun run = image.Build(Tool(), image.Leaky, "", Sandbox);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("foreign-interpreter", run.Error, StringComparison.Ordinal);
        Assert.Contains("bin/start:1", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"chain\s+gate-image-1\.0 →\s+gate-start-1\.0 →\s+gate-tool-1\.0", run.Error);
        Assert.Contains("failed with exit code 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_closure_is_built_with_the_products_and_metrics_of_Hydra()
    {
        string check = image.Succeed(Tool(), image.Clean, "", Sandbox);
        string path = File.ResolveLinkTarget(check, returnFinalTarget: true)!.FullName;

        Assert.False(File.Exists(Path.Combine(path, "nix-support/failed")));
        Assert.Matches(@"^closurescan\.closure-size [1-9][0-9]* bytes\nclosurescan\.failing 0\n$", File.ReadAllText(Path.Combine(path, "nix-support/hydra-metrics")));
        Assert.Equal(
            [$"report closurescan {path} closure.html", $"report closurescan-markdown {path} report.md", $"report closurescan-json {path} report.json"],
            File.ReadAllLines(Path.Combine(path, "nix-support/hydra-build-products")));
        Assert.All((string[])["closure.html", "report.md", "report.json", "report.sarif", "junit.xml"], report => Assert.True(File.Exists(Path.Combine(path, report)), report));
    }

    [Fact]
    public void A_leaky_closure_for_Hydra_is_built_and_called_failed()
    {
        string path = image.Succeed(Tool(), image.Leaky, "failBuild = false;", Sandbox);

        Assert.True(File.Exists(Path.Combine(path, "nix-support/failed")));
        Assert.EndsWith("closurescan.failing 1\n", File.ReadAllText(Path.Combine(path, "nix-support/hydra-metrics")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$tool/bin/tool", false)]
    [InlineData("/bin/sh", true)]
    public void Flake_of_the_sample_is_checked(string interpreter, bool isClean)
    {
        Seen("true");
        using TemporaryTree tree = new();
        string derivation = """derivation { inherit name system; builder = "/bin/sh"; PATH = "/usr/bin:/bin"; args = [ "-c" script ]; }""";
        foreach (string file in (string[])["flake.nix", "closure-check.nix"])
        {
            tree.File($"flake/{file}", File.ReadAllBytes(Repository.PathOf($"samples/gate/{file}")));
        }

        foreach (string file in Directory.EnumerateFiles(NativeTool.Folder()))
        {
            tree.File($"flake/tool/{Path.GetFileName(file)}", File.ReadAllBytes(file), executable: true);
        }

        tree.File("flake/closurescan.yaml", "host: armv7l-linux\n")
            .File("flake/image.nix", $$$"""
                { system }:
                let
                  make = name: script: {{{derivation}}};
                  tool = make "gate-tool-1.0" "mkdir -p $out/bin; cp /bin/true $out/bin/tool";
                in
                make "gate-flake-armv7l-unknown-linux-gnueabihf-1.0" "tool=${tool}; mkdir -p $out/bin; echo \"#!{{{interpreter}}}\" > $out/bin/start; chmod +x $out/bin/start"
                """)
            .File("nixpkgs/flake.nix", """
                {
                  outputs = { self }: {
                    legacyPackages.x86_64-linux = {
                      runtimeShell = "/bin/sh";
                      coreutils = "/usr";
                      gnugrep = "/usr";
                      gnused = "/usr";
                      lib.makeBinPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/bin") packages);
                      pkgsCross.armv7l-hf-multiplatform.callPackage = file: arguments: import file (arguments // { system = "x86_64-linux"; });
                    };
                  };
                }
                """);

        ToolRun run = image.Nix.Run(
            "nix", ["--extra-experimental-features", "flakes", "flake", "check", "--no-write-lock-file", .. Sandbox, "--override-input", "nixpkgs", $"path:{tree.PathOf("nixpkgs")}", $"path:{tree.PathOf("flake")}"]);

        Assert.True(run.ExitCode == 0 == isClean, run.Error);
        Assert.Equal(!isClean, run.Error.Contains("Failed: 1 finding fails", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sandbox_is_one()
    {
        string seen = Seen("[ -e /nix/var ] && echo database; ls /nix/store; ls /proc/sys/net/ipv4/conf");

        Assert.Equal(["all", "default", "lo"], seen.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.EndsWith("-what-is-seen", StringComparison.Ordinal)));
    }

    /// <summary>The programs that Nixpkgs would give, and the files that these name: nothing that the tool itself could use but the C library.</summary>
    private static IEnumerable<string> ProgramsAndLibraries(string[] programs) => programs
        .Concat(ToolRun.Execute(RequiredTool.Find("ldd"), programs).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/') && !word.EndsWith(':'))
            .Append("/lib/x86_64-linux-gnu/libm.so.6"))
        .Distinct();

    /// <summary>What a script prints inside the sandbox. Where the kernel refuses namespaces there is none, and nothing to test.</summary>
    private string Seen(string script)
    {
        ToolRun run = image.Nix.Run(
            "nix-build",
            ["--no-out-link", .. Sandbox, "--expr", $$"""derivation { name = "what-is-seen"; system = builtins.currentSystem; builder = "/bin/sh"; PATH = "/usr/bin:/bin"; args = [ "-c" "{ {{script}}; } > $out" ]; }"""]);
        if (run.Error.Contains("namespace", StringComparison.Ordinal))
        {
            RequiredTool.Missing($"a kernel that lets Nix make a sandbox: {run.Error.Trim()}");
        }

        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllText(run.Lines[0]);
    }

    /// <summary>The native tool as a Nix string: Nix copies it to the store, and the string keeps that in its context.</summary>
    private string Tool()
    {
        Seen("true");
        return $"${{{NativeTool.Folder()}}}/closurescan";
    }
}
