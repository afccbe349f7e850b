using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class ScanCommandTests
{
    [Theory]
    [InlineData(false, "and 2 more places: 2 executable shebang; --all-files shows all", "bin/f6")]
    [InlineData(true, "bin/f6", "more place")]
    public void Of_many_places_the_first_are_shown_and_the_others_counted_by_kind(bool all, string told, string untold)
    {
        using TemporaryTree store = new();
        StorePath app = StorePath.Parse($"/nix/store/{new string('a', 32)}-app-armv7l-unknown-linux-gnueabihf-1"), tool = StorePath.Parse($"/nix/store/{new string('b', 32)}-tool-1");
        for (int number = 0; number < 7; number++)
        {
            store.File($"{app.BaseName}/bin/f{number}", $"#!{tool}/bin/sh\n", executable: true);
        }

        store.File($"{tool.BaseName}/bin/sh", new ElfBuilder(is64: true) { Machine = 62, Flags = 0, Type = 2 }.Build());
        ToolRun run = ClosureScanTool.Run(["scan", "--store", store.Root, app.BaseName, "--host", "armv7l-linux", "--no-color", all ? "--all-files" : "--show=all"]);

        string text = string.Join(' ', run.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain(untold, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaky_closure_reports_every_planted_leak_and_exits_with_1()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.Root.ToString(), "--show", "all");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Error);
        foreach (ExpectedLeak leak in LeakyCache.Leaks)
        {
            Assert.Contains(leak.File, run.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Findings_in_json_are_the_planted_leaks_and_no_other()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, "--format", "json", LeakyCache.Root.BaseName);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal("closurescan/2", json.RootElement.GetProperty("schema").GetString());
        Assert.True(json.RootElement.GetProperty("scanned").GetProperty("complete").GetBoolean());

        (string From, string To)[] expected = [.. LeakyCache.Leaks.Select(leak => (leak.From, leak.To)).Append((LeakyCache.Systemd, LeakyCache.Systemd)).Distinct().Order()];
        (string From, string To)[] found = [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (NameOf(finding, "from"), NameOf(finding, finding.TryGetProperty("to", out _) ? "to" : "from"))).Order()];
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Clean_path_exits_with_0()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.Find(LeakyCache.HostBash).BaseName);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No leak found.", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breaks", 1)]
    [InlineData("none", 0)]
    public void Fail_on_decides_the_exit_code(string failOn, int expected) =>
        Assert.Equal(expected, ClosureScanTool.Run("scan", "--store", LeakyCache.Location, "--fail-on", failOn, LeakyCache.Root.BaseName).ExitCode);

    [Theory]
    [InlineData(2)]
    [InlineData(2, "scan")]
    [InlineData(2, "scan", "--format", "yaml", "x")]
    [InlineData(2, "scan", "--host", "pdp11-unix", "x")]
    [InlineData(2, "scan", "--store", "gopher://x", "x")]
    [InlineData(2, "scan", "--jobs", "0", "x")]
    [InlineData(4, "scan", "--store", "samples/leaky-cache", "no-such-*")]
    public void Wrong_call_says_why_on_standard_error(int exitCode, params string[] arguments)
    {
        ToolRun run = ClosureScanTool.Run(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public void Damaged_nar_makes_the_scan_incomplete()
    {
        using TemporaryTree copy = new();
        string cache = copy.Root;
        LeakyCache.CopyTo(cache);
        string nar = Directory.EnumerateFiles(Path.Combine(cache, "nar")).OrderByDescending(file => new FileInfo(file).Length).First();
        byte[] bytes = File.ReadAllBytes(nar);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(nar, bytes);

        ToolRun run = ClosureScanTool.Run("scan", "--store", cache, "*-pi-image-*");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Incomplete", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_nar_makes_the_scan_incomplete()
    {
        using TemporaryTree copy = new();
        string cache = copy.Root;
        LeakyCache.CopyTo(cache);
        File.Delete(Directory.EnumerateFiles(Path.Combine(cache, "nar")).First());
        Assert.Equal(3, ClosureScanTool.Run("scan", "--store", cache, "*-pi-image-*").ExitCode);
    }

    [Fact]
    public void Report_in_a_file_leaves_the_summary_on_the_console()
    {
        using TemporaryTree folder = new();
        string file = Path.Combine(folder.Root, "report.json");
        ToolRun run = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, "--format", "json", "-o", file, LeakyCache.Root.BaseName);
        Assert.Contains("findings:", run.Text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void Reports_of_a_gate_are_those_of_a_check_without_a_policy()
    {
        using TemporaryTree folder = new();
        string[] Reports(string prefix) => ["--report", $"sarif={folder.PathOf(prefix)}.sarif", "--report", $"markdown={folder.PathOf(prefix)}.md", "--report", $"json={folder.PathOf(prefix)}.json"];
        ToolRun scan = ClosureScanTool.Run(["scan", "--store", LeakyCache.Location, "--format", "junit", .. Reports("scan"), LeakyCache.Root.BaseName]);
        ToolRun check = ClosureScanTool.Run(["check", "--store", LeakyCache.Location, "--format", "junit", .. Reports("check"), LeakyCache.Root.BaseName]);

        Assert.Equal((1, 1), (scan.ExitCode, check.ExitCode));
        Assert.Equal(check.Text, scan.Text);
        Assert.Equal(File.ReadAllText(folder.PathOf("check.sarif")), File.ReadAllText(folder.PathOf("scan.sarif")));
        Assert.Equal(File.ReadAllText(folder.PathOf("check.md")), File.ReadAllText(folder.PathOf("scan.md")));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("scan.json")));
        Assert.True(json.RootElement.TryGetProperty("cut", out _));
    }

    [Fact]
    public void Report_that_cannot_be_written_is_no_pass()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, "-o", "/no/such/folder/report", LeakyCache.Find(LeakyCache.HostBash).BaseName);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("/no/such/folder/report", run.Error, StringComparison.Ordinal);
    }

    private static string NameOf(JsonElement finding, string member) => Paths.StorePath.Parse(finding.GetProperty(member).GetString()!).Name;
}
