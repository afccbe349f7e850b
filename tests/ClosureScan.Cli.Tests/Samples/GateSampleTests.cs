using ClosureScan.Analysis.Policy;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>What lies in samples/gate does what it says.</summary>
[Trait(Tier.Name, Tier.Samples)]
public sealed class GateSampleTests(GateImage image) : IClassFixture<GateImage>
{
    private static readonly string Folder = Repository.PathOf("samples/gate");

    [Fact]
    public void The_policy_is_one()
    {
        ClosurePolicy policy = ClosurePolicy.Load(Path.Combine(Folder, ClosurePolicy.FileName));

        Assert.Equal("armv7l-linux", policy.Host?.System);
        Assert.NotEmpty(policy.Allow);
        Assert.NotEmpty(policy.Forbid);
        Assert.NotEmpty(policy.Budgets);
    }

    [Fact]
    public void A_check_fails_the_build_of_a_leaky_root_and_prints_the_chain()
    {
        ToolRun run = image.Build(image.Program, image.Leaky, "");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("foreign-interpreter", run.Error, StringComparison.Ordinal);
        Assert.Contains("bin/start:1", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"chain\s+gate-image-1\.0 →\s+gate-start-1\.0 →\s+gate-tool-1\.0", run.Error);
    }

    [Fact]
    public void A_failed_check_has_its_reports_still()
    {
        string report = image.Succeed(image.Program, image.Leaky, "", "-A", "report");
        ToolRun check = image.Build(image.Program, image.Leaky, "");

        Assert.NotEqual(0, check.ExitCode);
        Assert.Contains($"Reports: {report}", check.Error, StringComparison.Ordinal);
        Assert.All((string[])["closure.html", "report.md", "report.json", "report.sarif", "junit.xml", "report.txt"], file => Assert.True(File.Exists(Path.Combine(report, file)), file));
        Assert.Contains("foreign-interpreter", File.ReadAllText(Path.Combine(report, "report.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_for_Hydra_is_built_and_called_failed()
    {
        string path = image.Succeed(image.Program, image.Leaky, "failBuild = false;");

        Assert.True(File.Exists(Path.Combine(path, "nix-support/failed")));
        Assert.Matches(@"^closurescan\.closure-size [0-9]+ bytes\nclosurescan\.failing 1\n$", File.ReadAllText(Path.Combine(path, "nix-support/hydra-metrics")));
        foreach (string product in File.ReadLines(Path.Combine(path, "nix-support/hydra-build-products")))
        {
            string[] fields = product.Split(' ');
            Assert.Equal((4, "report", path), (fields.Length, fields[0], fields[2]));
            Assert.True(File.Exists(Path.Combine(path, fields[3])), product);
        }
    }

    [Fact]
    public void A_check_with_a_policy_that_accepts_the_leak_is_built()
    {
        string policy = Path.Combine(image.Nix.NewFolder(), "closurescan.yaml");
        File.WriteAllText(policy, "allow:\n  - package: gate-start\n    file: bin/start\n    reason: a test\n");
        string path = image.Succeed(image.Program, image.Leaky, $"policy = {policy};");

        Assert.False(File.Exists(Path.Combine(path, "nix-support/failed")));
        Assert.Contains("accepted by the policy", File.ReadAllText(Path.Combine(path, "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_with_a_misspelt_policy_is_not_built()
    {
        string policy = Path.Combine(image.Nix.NewFolder(), "closurescan.yaml");
        File.WriteAllText(policy, "alow: []\n");

        Assert.NotEqual(0, image.Build(image.Program, image.Leaky, $"failBuild = false; policy = {policy};").ExitCode);
    }

    [Fact]
    public void The_hook_only_writes_down_and_the_spool_is_checked_later()
    {
        DirectoryInfo spool = Directory.CreateTempSubdirectory("closurescan-spool-");
        try
        {
            Dictionary<string, string?> environment = new()
            {
                ["CLOSURESCAN_SPOOL"] = spool.FullName,
                ["CLOSURESCAN"] = image.Program,
                ["DRV_PATH"] = "/nix/store/x-image.drv",
                ["OUT_PATHS"] = image.Leaky,
            };
            Assert.Equal(0, ToolRun.Execute(Path.Combine(Folder, "post-build-hook.sh"), [], environment).ExitCode);
            Assert.Equal(image.Leaky + "\n", File.ReadAllText(Path.Combine(spool.FullName, "x-image.drv.paths")));

            Assert.Equal(0, ToolRun.Execute(Path.Combine(Folder, "scan-spool.sh"), [], environment).ExitCode);
            Assert.True(File.Exists(Path.Combine(spool.FullName, "leaking/x-image.drv.paths.json")));
            Assert.Empty(spool.EnumerateFiles());
        }
        finally
        {
            spool.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_hook_that_cannot_write_does_not_stop_the_daemon() =>
        Assert.Equal(0, ToolRun.Execute(Path.Combine(Folder, "post-build-hook.sh"), [], new Dictionary<string, string?>
        {
            ["CLOSURESCAN_SPOOL"] = "/proc/no-such-place",
            ["DRV_PATH"] = "/nix/store/x.drv",
            ["OUT_PATHS"] = "/nix/store/y",
        }).ExitCode);
}
