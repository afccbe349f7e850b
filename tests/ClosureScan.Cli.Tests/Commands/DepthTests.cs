using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A first look finds what is registered, reads less than all, and never calls a closure clean.</summary>
public sealed class DepthTests
{
    private static readonly string Fixed = Repository.PathOf("samples/fixed-cache");

    [Fact]
    public void Suspects_show_registered_leaks_with_their_files()
    {
        ToolRun run = Scan(LeakyCache.Location, "--depth", "suspects", "--show", "all");

        Assert.Equal(1, run.ExitCode);
        string unwrapped = string.Concat(run.Text.Where(letter => !char.IsWhiteSpace(letter)));
        Assert.All(LeakyCache.Leaks, leak => Assert.Contains(leak.File, unwrapped, StringComparison.Ordinal));
        Assert.Contains("7 findings: 4 BREAK, 3 bloat.", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("the bytes were not read", run.Text, StringComparison.Ordinal);
        Assert.Contains("A first look", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspects", "No registered leak found.")]
    [InlineData("metadata", "No leak can be told from names and references alone.")]
    public void A_first_look_is_never_a_clean_bill(string depth, string told)
    {
        ToolRun run = Scan(Fixed, "--depth", depth);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(told, run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("No leak found.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_reads_no_byte()
    {
        using TemporaryTree tree = new();
        LeakyCache.CopyTo(tree.PathOf("cache"));
        Directory.Delete(tree.PathOf("cache/nar"), recursive: true);

        ToolRun run = Scan(tree.PathOf("cache"), "--depth", "metadata");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Scanned 0 of 23 paths", run.Text, StringComparison.Ordinal);
        Assert.Equal(3, Scan(tree.PathOf("cache"), "--depth", "suspects").ExitCode);
    }

    [Theory]
    [InlineData("--depth", "suspects", "--format", "sarif")]
    [InlineData("--depth", "metadata", "--report", "sarif=x.sarif")]
    [InlineData("--depth", "suspects", "--deep")]
    [InlineData("--depth", "suspects", "--full")]
    [InlineData("--depth", "all")]
    public void What_a_gate_reads_is_a_whole_scan(params string[] arguments) => Assert.Equal(2, Scan(LeakyCache.Location, arguments).ExitCode);

    [Theory]
    [InlineData("suspects")]
    [InlineData("metadata")]
    public void A_document_says_how_deep_it_is(string depth)
    {
        ToolRun run = Scan(LeakyCache.Location, "--depth", depth, "--format", "json");

        Assert.Equal(1, run.ExitCode);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(depth, document.RootElement.GetProperty("depth").GetString());
        Assert.NotEqual(0, document.RootElement.GetProperty("findings").GetArrayLength());
    }

    private static ToolRun Scan(string store, params string[] arguments) => ClosureScanTool.Run(["scan", "--store", store, "*-pi-image-*", "--no-color", .. arguments]);
}
