using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class CutCommandTests
{
    private static ToolRun Cut(params string[] arguments) =>
        ClosureScanTool.Run(["cut", "--store", LeakyCache.Location, LeakyCache.RootName, .. arguments]);

    private static JsonElement Json(ToolRun run) => JsonDocument.Parse(run.Output).RootElement.Clone();

    private static IEnumerable<(string From, string To, string File)> Edits(JsonElement cut) =>
        from edit in cut.GetProperty("edits").EnumerateArray()
        from file in edit.GetProperty("files").EnumerateArray()
        select (Name(edit.GetProperty("from")), Name(edit.GetProperty("to")), file.GetString()!);

    private static string Name(JsonElement path) => StorePath.Parse(path.GetString()!).Name;

    [Fact]
    public void Edits_are_the_planted_leaks_and_free_the_whole_build_side()
    {
        JsonElement cut = Json(Cut("--format", "json")).GetProperty("cut");

        Assert.Equal(LeakyCache.Leaks.Select(leak => (leak.From, leak.To, leak.File)).Order(), Edits(cut).Order());
        Assert.Equal(LeakyCache.BuildSide.Order(StringComparer.Ordinal), cut.GetProperty("freedPaths").EnumerateArray().Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scan_reports_the_same_cut()
    {
        JsonElement scan = Json(ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json"));

        Assert.Equal(Json(Cut("--format", "json")).GetProperty("cut").GetRawText(), scan.GetProperty("cut").GetRawText());
        Assert.Equal(scan.GetProperty("closureSize").GetInt64(), scan.GetProperty("cut").GetProperty("freedBytes").GetInt64() + scan.GetProperty("cut").GetProperty("closureSizeAfter").GetInt64());
    }

    [Fact]
    public void Target_is_freed_by_the_edits_that_lead_to_it_alone()
    {
        JsonElement cut = Json(Cut("--target", LeakyCache.Gcc, "--format", "json")).GetProperty("cut");

        Assert.Equal(
            [($"curl-{LeakyCache.Host}-8.7.1", "bin/curl-config"), ($"gpsd-{LeakyCache.Host}-3.25", "bin/gpsd")],
            Edits(cut).Select(edit => (edit.From, edit.File)).Order());
    }

    [Fact]
    public void Text_tells_the_edits_the_gain_and_what_single_edits_would_free()
    {
        ToolRun run = Cut();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("7 edits in 7 files free 1.9 MiB of 2.0 MiB;", run.Text, StringComparison.Ordinal);
        Assert.Contains("What dropping one path would free:", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--target", LeakyCache.RootName)]
    [InlineData(4, "--target", "no-such-path")]
    public void Exit_code_tells_why_there_is_no_cut(int expected, params string[] arguments) => Assert.Equal(expected, Cut(arguments).ExitCode);

    [Fact]
    public void Last_argument_is_a_target_when_the_closure_of_the_others_has_it() =>
        Assert.Equal(Cut("--target", LeakyCache.Gcc, "--format", "json").Text, Cut(LeakyCache.Gcc, "--format", "json").Text);

    [Fact]
    public void Last_argument_is_a_root_when_the_closure_of_the_others_has_it_not()
    {
        ToolRun run = ClosureScanTool.Run("cut", "--store", LeakyCache.Location, "--format", "json", LeakyCache.HostBash, LeakyCache.RootName);
        Assert.Equal(2, Json(run).GetProperty("roots").GetArrayLength());
    }

    [Fact]
    public void Finding_that_the_policy_allows_stays_with_what_it_holds()
    {
        using TemporaryTree folder = new TemporaryTree().File("policy.yaml", "allow:\n  - package: curl\n    reason: developers want its script\n");
        ToolRun run = Cut("--policy", folder.PathOf("policy.yaml"));
        JsonElement cut = Json(Cut("--policy", folder.PathOf("policy.yaml"), "--format", "json"));

        Assert.Contains("Stays, held by a reference that is accepted:", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("curl-config", run.Text, StringComparison.Ordinal);
        Assert.Equal(
            ((string[])[LeakyCache.Gcc, LeakyCache.GccWrapper, LeakyCache.BuildBash, LeakyCache.BuildGlibc]).Order(StringComparer.Ordinal),
            cut.GetProperty("kept").EnumerateArray().Select(Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, Cut("--policy", folder.PathOf("missing.yaml")).ExitCode);
    }

    [Fact]
    public void Picture_marks_the_references_to_cut() =>
        Assert.Equal(6, Cut("--format", "dot").Lines.Count(line => line.Contains("color=red", StringComparison.Ordinal)));
}
