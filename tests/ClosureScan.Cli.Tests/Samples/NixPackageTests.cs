using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>
/// samples/nix as a user has it, with a real Nix: the flake builds the tool in the sandbox from the NuGet packages that its list names and
/// from nothing else, and the tool scans. Nixpkgs is a stand-in, tests/nixpkgs, which needs no network.
/// </summary>
[Trait("Tier", "packaging")]
public sealed class NixPackageTests(RealNix nix) : IClassFixture<RealNix>
{
    private static readonly string Feed = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    private static readonly string Dotnet = Path.GetDirectoryName(File.ResolveLinkTarget(RequiredTool.Find("dotnet"), returnFinalTarget: true)?.FullName ?? RequiredTool.Find("dotnet"))!;

    // Debian's programs stand for those of Nixpkgs, and the folder of packages for the network.
    private static readonly string[] Sandbox =
        ["--option", "sandbox", "true", "--option", "sandbox-fallback", "false", "--option", "sandbox-paths", $"/bin /usr /lib /lib64 {Dotnet} {Feed}"];

    [Fact]
    public void List_of_packages_is_what_the_tool_is_built_from()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("src/ClosureScan.Cli/obj/project.assets.json")));
        using JsonDocument list = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("samples/nix/deps.json")));
        IEnumerable<string> restored =
            from library in assets.RootElement.GetProperty("libraries").EnumerateObject()
            where library.Value.GetProperty("type").GetString() == "package"
            orderby library.Name
            select library.Name;
        IEnumerable<string> listed =
            from package in list.RootElement.EnumerateArray()
            let name = $"{package.GetProperty("pname").GetString()}/{package.GetProperty("version").GetString()}"
            orderby name
            select name;

        Assert.True(restored.SequenceEqual(listed, StringComparer.OrdinalIgnoreCase), $"""
            samples/nix/deps.json is not what restore finds; samples/nix/update-deps.sh writes it.
            only restored: {string.Join(", ", restored.Except(listed, StringComparer.OrdinalIgnoreCase))}
            only listed: {string.Join(", ", listed.Except(restored, StringComparer.OrdinalIgnoreCase))}
            """);
    }

    [Fact]
    public void Flake_builds_the_tool_offline_in_the_sandbox_and_runs_it()
    {
        using TemporaryTree tree = new();
        string flake = Flake(tree);
        string[] options = ["--extra-experimental-features", "flakes", .. Sandbox, "--no-write-lock-file", "--override-input", "nixpkgs", $"path:{tree.PathOf("nixpkgs")}"];

        // The package, and the check of its own closure.
        ToolRun check = nix.Run("nix", ["flake", "check", .. options, flake]);
        Assert.True(check.ExitCode == 0, check.Error);

        string[] call = ["scan", "--store", Repository.PathOf("samples/leaky-cache"), LeakyCache.RootName];
        ToolRun run = nix.Run("nix", ["run", .. options, flake, "--", .. call]);
        ToolRun expected = ClosureScanTool.Run(call);
        Assert.Equal(expected.ExitCode, run.ExitCode);
        Assert.Equal(expected.Text, run.Text);

        string package = nix.Run("nix", ["path-info", .. options, flake]).Text.Trim();
        Assert.StartsWith(".TH closurescan", File.ReadAllText(Path.Combine(package, "share/man/man1/closurescan.1")), StringComparison.OrdinalIgnoreCase);
        Assert.True(File.Exists(Path.Combine(package, "share/bash-completion/completions/closurescan")));
    }

    [Fact]
    public void Module_of_NixOS_hands_Nix_a_hook_that_writes_into_the_spool()
    {
        using TemporaryTree tree = new();
        string configuration = $$"""
            let pkgs = import {{Repository.PathOf("tests/nixpkgs")}} { feed = "{{Feed}}"; dotnet = "{{Dotnet}}"; };
            in (import {{Repository.PathOf("samples/nix/module.nix")}} { package = pkgs: "/tool"; } {
              inherit pkgs; inherit (pkgs) lib;
              config.services.closurescan = { enable = true; package = "/tool"; spool = "{{tree.PathOf("spool")}}"; interval = "hourly"; };
            }).config
            """;

        string hook = nix.Build($"({configuration}).nix.settings.post-build-hook")[0];
        ToolRun run = ToolRun.Execute(hook, [], new Dictionary<string, string?> { ["DRV_PATH"] = "/nix/store/x-y.drv", ["OUT_PATHS"] = "/nix/store/a /nix/store/b" });
        Assert.Equal("", run.Error);
        Assert.Equal("/nix/store/a\n/nix/store/b\n", File.ReadAllText(tree.PathOf("spool/x-y.drv.paths")));

        ToolRun service = nix.Run("nix-instantiate", "--eval", "--strict", "--json", "--expr", $"let c = {configuration}; in [ c.systemd.services.closurescan.serviceConfig.Type c.systemd.timers.closurescan.timerConfig.OnCalendar ]");
        Assert.Equal("[\"oneshot\",\"hourly\"]", service.Text.Trim());
    }

    /// <summary>A clone of what the flake reads of the repository: without what was built in it.</summary>
    private static string Flake(TemporaryTree tree)
    {
        foreach (string file in (string[])["Directory.Build.props", "LICENSE", "README.md"])
        {
            tree.File($"closurescan/{file}", File.ReadAllBytes(Repository.PathOf(file)));
        }

        foreach (string folder in (string[])["src", "samples/nix", "samples/gate"])
        {
            foreach (string file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            {
                string relative = Path.GetRelativePath(Repository.Root, file);
                if (!relative.Split('/').Any(part => part is "bin" or "obj"))
                {
                    tree.File($"closurescan/{relative}", File.ReadAllBytes(file));
                }
            }
        }

        tree.File("nixpkgs/default.nix", File.ReadAllBytes(Repository.PathOf("tests/nixpkgs/default.nix")))
            .File("nixpkgs/flake.nix", $$"""
                {
                  outputs = { self }:
                    let make = system: { name = system; value = import ./. { feed = "{{Feed}}"; dotnet = "{{Dotnet}}"; inherit system; }; };
                    in { legacyPackages = builtins.listToAttrs (map make [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ]); };
                }
                """);
        ToolRun git = ToolRun.Execute(RequiredTool.Find("git"), ["-C", tree.PathOf("closurescan"), "init", "-q"]);
        Assert.Equal("", ToolRun.Execute(RequiredTool.Find("git"), ["-C", tree.PathOf("closurescan"), "add", "--all", "--force"]).Error + git.Error);
        return $"git+file://{tree.PathOf("closurescan")}?dir=samples/nix";
    }
}
