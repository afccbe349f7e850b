using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>The gate's commands as a pipeline calls them: exit codes, files, and what must never pass by accident.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class GateTests : IDisposable
{
    private const string AllowAll = "allow:\n  - package: '*'\n    reason: known\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("closurescan-gate-");

    [Fact]
    public void A_leaky_closure_fails_and_every_report_is_written()
    {
        ToolRun run = Check("--report", $"sarif={PathOf("a.sarif")}", "--report", $"markdown={PathOf("a.md")}", "--report", $"junit={PathOf("a.xml")}", "--format", "json");

        Assert.Equal(1, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("failed", json.RootElement.GetProperty("verdict").GetProperty("outcome").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("findings").GetArrayLength());
        using JsonDocument sarif = JsonDocument.Parse(File.ReadAllBytes(PathOf("a.sarif")));
        Assert.Equal(8, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Contains("7 findings fail the check", File.ReadAllText(PathOf("a.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("a.xml")));
    }

    [Fact]
    public void A_policy_that_accepts_everything_passes_and_says_so()
    {
        ToolRun run = Check("--policy", Write("closurescan.yaml", AllowAll));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("8 places accepted by the policy", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_of_the_call_outranks_that_of_the_policy()
    {
        string policy = Write("closurescan.yaml", "fail-on: none\n");

        Assert.Equal(0, Check("--policy", policy).ExitCode);
        Assert.Equal(1, Check("--policy", policy, "--fail-on", "breaks").ExitCode);
    }

    [Theory]
    [InlineData(2, "--report", "srif=x")]
    [InlineData(2, "--report", "sarif")]
    [InlineData(2, "--format", "xml")]
    public void What_is_not_there_is_a_usage_error(int exitCode, string option, string value) =>
        Assert.Equal(exitCode, Check(option, value).ExitCode);

    [Fact]
    public void A_baseline_knows_what_it_was_written_with_and_only_shrinks()
    {
        string baseline = PathOf("known.baseline");
        Assert.Equal(0, Run("baseline", "write", LeakyCache.RootName, "--store", LeakyCache.Location, "--baseline", baseline).ExitCode);
        string[] lines = File.ReadAllLines(baseline);
        Assert.Contains("foreign-reference curl bin/curl-config config-script gcc-wrapper bloats", lines);

        Assert.Equal(0, Check("--baseline", baseline).ExitCode);

        // One known finding less: it is new now, and writing the baseline again would hide it.
        File.WriteAllLines(baseline, lines.Where(line => !line.Contains("curl-config", StringComparison.Ordinal)));
        Assert.Equal(1, Check("--baseline", baseline).ExitCode);
        Assert.Equal(2, Run("baseline", "write", LeakyCache.RootName, "--store", LeakyCache.Location, "--baseline", baseline).ExitCode);

        // One known finding more: it was mended, and pruning removes it.
        File.WriteAllLines(baseline, [.. lines, "foreign-reference gone bin/x text bash bloats"]);
        Assert.Equal(1, Check("--baseline", baseline, "--strict").ExitCode);
        ToolRun pruned = Run("baseline", "check", LeakyCache.RootName, "--store", LeakyCache.Location, "--baseline", baseline, "--prune");
        Assert.Equal(0, pruned.ExitCode);
        Assert.Contains("gone bin/x text bash", pruned.Text, StringComparison.Ordinal);
        Assert.Equal(lines, File.ReadAllLines(baseline));
    }

    [Fact]
    public void A_baseline_beside_the_policy_or_named_in_it_is_used()
    {
        Assert.Equal(0, Run("baseline", "write", LeakyCache.RootName, "--store", LeakyCache.Location, "--baseline", PathOf("closurescan.baseline")).ExitCode);
        ToolRun beside = Check("--policy", Write("closurescan.yaml", "fail-on: bloats\n"));
        Assert.Equal(0, beside.ExitCode);
        Assert.Contains("Compared with the baseline", beside.Error, StringComparison.Ordinal);

        File.Move(PathOf("closurescan.baseline"), PathOf("known"));
        Assert.Equal(1, Check("--policy", PathOf("closurescan.yaml")).ExitCode);
        Assert.Equal(0, Check("--policy", Write("closurescan.yaml", "baseline: known\n")).ExitCode);
        Assert.Equal(2, Check("--policy", Write("closurescan.yaml", "baseline: gone\n")).ExitCode);
    }

    [Fact]
    public void A_saved_report_is_not_judged()
    {
        ToolRun run = Run("check", Write("r.json", "{}"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("check takes no saved report", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Roots_of_an_evaluation_are_checked_and_its_errors_make_it_incomplete()
    {
        string line = $$$"""{"attr":"image","outputs":{"out":"{{{LeakyCache.Root}}}"}}""";
        Assert.Equal(1, RunFrom(line));
        Assert.Equal(3, RunFrom(line + "\n{\"attr\":\"other\",\"error\":\"no\"}\n"));
        Assert.Equal(2, RunFrom(""));

        int RunFrom(string text) => Run("check", "--roots-from", Write("jobs.jsonl", text), "--store", LeakyCache.Location).ExitCode;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ToolRun Check(params string[] arguments) =>
        Run(["check", LeakyCache.RootName, "--store", LeakyCache.Location, .. arguments]);

    private static ToolRun Run(params string[] arguments) =>
        ToolRun.Execute(RequiredTool.Find("dotnet"), [Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll"), .. arguments, "--no-progress"]);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
