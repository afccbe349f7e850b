using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A saved report stands where a command takes a closure, and no answer tells more than it knows.</summary>
public sealed class SavedReportCommandTests : IDisposable
{
    private readonly TemporaryTree _folder = new();
    private readonly string _report;

    public SavedReportCommandTests()
    {
        _report = _folder.PathOf("report.json");
        ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json", "-o", _report, "--quiet");
    }

    public void Dispose() => _folder.Dispose();

    private static ToolRun OfCache(string command, params string[] arguments) =>
        ClosureScanTool.Run([command, "--store", LeakyCache.Location, LeakyCache.RootName, .. arguments]);

    private ToolRun OfReport(string command, params string[] arguments) => ClosureScanTool.Run([command, _report, .. arguments]);

    private static JsonObject Json(ToolRun run) => JsonNode.Parse(run.Output.Span)!.AsObject();

    [Fact]
    public void Report_of_the_first_schema_says_what_the_store_does()
    {
        string former = Repository.PathOf("tests/ClosureScan.Cli.Tests/Commands/Former/closurescan-1.json");

        ToolRun diff = ClosureScanTool.Run("diff", former, _report, "--format", "json");
        Assert.Equal(0, diff.ExitCode);
        Assert.Equal((7, "[]"), (Json(diff)["same"]!.AsArray().Count, Json(diff)["gone"]!.ToJsonString()));
        Assert.Equal(OfCache("size", "--format", "csv").Text, ClosureScanTool.Run("size", former, "--format", "csv").Text);
        Assert.Equal(OfReport("why", LeakyCache.Gcc).Text, ClosureScanTool.Run("why", former, LeakyCache.Gcc).Text);
        Assert.Equal(7, (int)Json(ClosureScanTool.Run("cut", former, "--format", "json"))["cut"]!["editCount"]!);
    }

    [Fact]
    public void Sizes_are_those_of_the_store_that_was_scanned() =>
        Assert.Equal(OfCache("size", "--format", "csv").Text, OfReport("size", "--format", "csv").Text);

    [Theory]
    [InlineData()]
    [InlineData(LeakyCache.Gcc)]
    [InlineData("--target", "*-bash-5.2p26", "--target", "*coreutils*")]
    public void Cut_is_that_of_the_store_and_marked(params string[] targets)
    {
        JsonObject report = Json(OfReport("cut", [.. targets, "--format", "json"]));
        Assert.True(report.Remove("fromSavedReport"));

        Assert.Equal(Json(OfCache("cut", [.. targets, "--format", "json"])).ToJsonString(), report.ToJsonString());
    }

    [Fact]
    public void Cut_counts_a_reference_whose_files_are_not_told_as_one_edit_and_says_so()
    {
        ToolRun run = OfReport("cut", "--target", $"*-kbd-{LeakyCache.Host}-*");

        Assert.Contains("At least 1 edit in 1 file frees", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fewer edits cannot do it", run.Text, StringComparison.Ordinal);
        Assert.Contains("(the saved report does not tell the files)", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_has_the_bytes_of_its_finding_and_says_which_are_not_told()
    {
        ToolRun run = OfReport("why", LeakyCache.Gcc);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("is reached over 3 references; no chain is shorter:", run.Text, StringComparison.Ordinal);
        Assert.Contains("bin/gpsd elf-runpath, byte 444", run.Text, StringComparison.Ordinal);
        Assert.Equal(2, run.Text.Split("(the saved report tells the bytes of findings alone)").Length - 1);
    }

    [Fact]
    public void What_if_frees_what_it_frees_in_the_store_and_tells_what_it_cannot_decide()
    {
        string[] edits = ["--drop", "curl-*:bin/curl-config", "--drop", "gpsd-*->*-gcc-13.2.0", "--format", "json"];
        JsonObject report = Json(OfReport("what-if", edits));
        Assert.True(report.Remove("fromSavedReport"));

        JsonObject cache = Json(OfCache("what-if", edits));
        foreach (string member in (string[])["freedPaths", "freedBytes", "closureSizeAfter", "findingsGone", "findingsLeft"])
        {
            Assert.Equal(cache[member]!.ToJsonString(), report[member]!.ToJsonString());
        }

        // The script names other paths of the host, too, and only the scan knew that.
        Assert.NotEmpty(report["undecidedReferences"]!.AsArray());
        Assert.Contains("(the saved", OfReport("what-if", edits[..^2]).Text, StringComparison.Ordinal);
        Assert.Contains("A saved report tells the files of findings alone.", OfReport("what-if", "--drop", "kbd-*:share/*").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "No chain.", "why", "/nix/store/00000000000000000000000000000000-nowhere")]
    [InlineData(4, "matches none of the 23 paths in the saved report", "why", "no-such-path")]
    [InlineData(2, "could mean 2 paths", "why", "a")]
    [InlineData(4, "matches nothing in the closure", "cut", "no-such-path")]
    [InlineData(2, "--host and --build are told when it is made", "size", "--host", "armv7l-linux")]
    [InlineData(2, "--splits needs the store that was scanned", "size", "--splits")]
    [InlineData(2, "it takes no other ROOT beside it", "size", "*-pi-image-*")]
    public void Exit_code_and_message_answer(int expected, string message, string command, params string[] arguments)
    {
        ToolRun run = OfReport(command, arguments);

        Assert.Equal(expected, run.ExitCode);
        Assert.Contains(message, run.Text + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "schema": "closurescan/2", "command": "size" }""")]
    [InlineData("""{ "schema": "cyclonedx/1" }""")]
    public void File_that_is_no_report_is_refused_by_every_command(string content)
    {
        File.WriteAllText(_report, content);
        foreach (string[] call in (string[][])[["why", _report, "x"], ["size", _report], ["cut", _report], ["what-if", _report, "--drop", "x"], ["diff", _report, _report]])
        {
            ToolRun run = ClosureScanTool.Run(call);

            Assert.Equal((2, ""), (run.ExitCode, run.Text));
            Assert.StartsWith($"closurescan: {_report} is no report of closurescan scan --format json: ", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Missing_file_is_told_to_be_missing()
    {
        ToolRun folder = ClosureScanTool.Run("size", "./no/such/report.json");
        ToolRun name = ClosureScanTool.Run("size", "--store", LeakyCache.Location, "no-such-report.json");

        Assert.Equal((2, 4), (folder.ExitCode, name.ExitCode));
        Assert.Contains("./no/such/report.json: there is no file of that name.", folder.Error, StringComparison.Ordinal);
        Assert.Contains("Nor is there a file no-such-report.json", name.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_of_a_store_that_is_called_like_a_report_is_a_closure()
    {
        string name = "00000000000000000000000000000000-settings.json";
        _folder.File(name, "{}");

        Assert.Equal(4, ClosureScanTool.Run("size", "--store", LeakyCache.Location, _folder.PathOf(name)).ExitCode);
    }
}
