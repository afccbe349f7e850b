using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class DiffCommandTests
{
    private static readonly string Kbd = $"kbd-{LeakyCache.Host}-2.6.4";
    private static readonly string HostBash = LeakyCache.HostBash;

    private static ToolRun Diff(params string[] arguments) => ClosureScanTool.Run(["diff", "--store", LeakyCache.Location, .. arguments]);

    [Fact]
    public void Closure_differs_from_itself_in_nothing_and_exits_with_0()
    {
        ToolRun run = Diff(LeakyCache.RootName, LeakyCache.RootName);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("0 paths added, 0 removed, 0 changed, 23 the same.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Deltas_add_up_and_new_leaks_exit_with_1()
    {
        ToolRun run = Diff(HostBash, Kbd, "--format", "json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement diff = json.RootElement;

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(diff.GetProperty("delta").GetInt64(), diff.GetProperty("changes").EnumerateArray().Sum(change => change.GetProperty("delta").GetInt64()));
        Assert.Equal(0, Diff(HostBash, Kbd, "--fail-on", "none").ExitCode);
        Assert.Equal(0, Diff(Kbd, HostBash).ExitCode);
    }

    [Fact]
    public void Saved_report_stands_for_its_closure()
    {
        using TemporaryTree folder = new();
        string saved = Path.Combine(folder.Root, "before.json");
        ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json", "-o", saved, "--quiet");

        Assert.Contains("0 paths added, 0 removed, 0 changed, 23 the same.", Diff(saved, LeakyCache.RootName).Text, StringComparison.Ordinal);

        File.WriteAllText(saved, "{}");
        ToolRun damaged = Diff(saved, LeakyCache.RootName);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("schema: is missing.", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_begins_with_the_verdict_and_the_sizes_then_findings_then_paths()
    {
        ToolRun run = ClosureScanTool.Run([.. Breaking]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            """
            infwb4yr…-pi-image-1.0 → k21llvfz…-pi-image-1.0                     armv7l-linux
            Worse: 7 new, 0 as before.
            115 KiB → 2.0 MiB (+1.9 MiB, +1673 %).
            8 paths added, 1 removed, 8 changed, 7 the same.

            Findings that are new (with their numbers after):
             1.8 MiB  gcc-13.2.0
                      freed when both let go: 1: remove-references-to -t ${stdenv.cc} on
                      this file; 2: patchelf --shrink-rpath
               1  bloats  curl-8.7.1  bin/curl-config:8  config-script
               2  bloats  gpsd-3.25   bin/gpsd           elf-runpath

            """,
            run.Text,
            StringComparison.Ordinal);
        long[] changes = [.. Json(Breaking).GetProperty("changes").EnumerateArray().Select(change => Math.Abs(change.GetProperty("delta").GetInt64()))];
        Assert.Equal(changes.OrderDescending(), changes);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal), line));

        string back = ClosureScanTool.Run([.. Mending]).Text;
        Assert.Contains("\nBetter: none new, 7 gone, 0 as before.\n2.0 MiB → 115 KiB (-1.9 MiB, -94 %).\n", back, StringComparison.Ordinal);
        Assert.Contains("Findings that are gone (with their numbers before):\n 1.8 MiB  gcc-13.2.0\n   1  bloats  curl-8.7.1  bin/curl-config:8  config-script\n", back, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_closure_is_neither_worse_nor_better() =>
        Assert.Contains("No finding came or went: none new, 7 as before.\n2.0 MiB → 2.0 MiB (as large as before).", Diff(LeakyCache.RootName, LeakyCache.RootName).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("sarif", "\"level\": \"error\"", 8, 0)]
    [InlineData("junit", "<failure ", 8, 0)]
    [InlineData("github", "::error ", 8, 0)]
    [InlineData("gitlab", "\"severity\"", 8, 0)]
    [InlineData("markdown", "<summary>:x: new: ", 3, 0)]
    [InlineData("html", "effect breaks", 5, 0)]
    public void Every_format_has_what_is_new_and_nothing_where_nothing_is(string format, string mark, int worse, int better)
    {
        Assert.Equal(worse, Count(ClosureScanTool.Run([.. Breaking, "--format", format]).Text, mark));
        Assert.Equal(better, Count(ClosureScanTool.Run([.. Mending, "--format", format]).Text, mark));
    }

    [Fact]
    public void Saved_reports_are_compared_in_every_format_and_miss_nothing()
    {
        using TemporaryTree folder = new();
        foreach ((string name, string store) in ((string, string)[])[("before.json", "samples/fixed-cache"), ("after.json", "samples/leaky-cache")])
        {
            ClosureScanTool.Run("scan", "--store", store, "*-pi-image-*", "-o", folder.PathOf(name), "-q");
        }

        foreach (string format in (string[])["junit", "github", "sarif", "markdown"])
        {
            ToolRun run = ClosureScanTool.Run("diff", folder.PathOf("before.json"), folder.PathOf("after.json"), "--format", format);
            Assert.Equal((1, ClosureScanTool.Run([.. Breaking, "--format", format]).Text.Length > 0), (run.ExitCode, run.Text.Length > 0));
            Assert.DoesNotContain("not read", run.Text, StringComparison.Ordinal);
        }
    }

    private static string[] Breaking => ["diff", "*-pi-image-*", "*-pi-image-*", "--before-store", "samples/fixed-cache", "--after-store", "samples/leaky-cache"];

    private static string[] Mending => ["diff", "*-pi-image-*", "*-pi-image-*", "--before-store", "samples/leaky-cache", "--after-store", "samples/fixed-cache"];

    private static JsonElement Json(string[] call) => JsonDocument.Parse(ClosureScanTool.Run([.. call, "--format", "json"]).Output).RootElement;

    private static int Count(string text, string mark) => text.Split(mark).Length - 1;
}
