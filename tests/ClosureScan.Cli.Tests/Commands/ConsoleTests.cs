using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>What goes to the console and what to a file.</summary>
public sealed class ConsoleTests : IDisposable
{
    private static readonly string[] Sample = ["scan", "--store", LeakyCache.Location, "*-pi-image-*"];

    private readonly TemporaryTree _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Quiet_leaves_the_exit_code_alone_and_what_a_format_asks_for()
    {
        ToolRun quiet = ClosureScanTool.Run([.. Sample, "--quiet"]);
        Assert.Equal((1, "", ""), (quiet.ExitCode, quiet.Text, quiet.Error));
        Assert.Equal(ClosureScanTool.Run([.. Sample, "--format", "json"]).Text, ClosureScanTool.Run([.. Sample, "-q", "--format", "json"]).Text);
        Assert.Equal("", ClosureScanTool.Run([.. Sample, "-q", "--format", "json", "-o", _folder.PathOf("x")]).Text);
    }

    [Theory]
    [InlineData("report.json", "json")]
    [InlineData("leaks.sarif", "sarif")]
    [InlineData("leaks.sarif.json", "sarif")]
    [InlineData("comment.md", "markdown")]
    [InlineData("tests.xml", "junit")]
    [InlineData("page.HTML", "html")]
    [InlineData("scan.facts", "facts")]
    public void Ending_of_a_file_names_its_format_and_the_console_shows_the_text(string name, string format)
    {
        ToolRun run = ClosureScanTool.Run([.. Sample, "-o", _folder.PathOf(name)]);
        ClosureScanTool.Run([.. Sample, "--report", $"{format}={_folder.PathOf("same")}"]);
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("same")), File.ReadAllBytes(_folder.PathOf(name)));
        Assert.StartsWith("pi-image-1.0", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ending_that_no_format_of_the_command_has_gets_the_text_and_a_told_format_wins()
    {
        ClosureScanTool.Run(["size", .. Sample[1..], "-o", _folder.PathOf("size.md")]);
        Assert.StartsWith("self ", File.ReadAllText(_folder.PathOf("size.md")), StringComparison.Ordinal);
        ClosureScanTool.Run([.. Sample, "--format", "json", "-o", _folder.PathOf("report.md")]);
        Assert.Equal("closurescan/2", JsonDocument.Parse(File.ReadAllBytes(_folder.PathOf("report.md"))).RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void Saved_report_is_shown_as_its_closure_was()
    {
        string saved = _folder.PathOf("report.json");
        ToolRun scan = ClosureScanTool.Run([.. Sample, "-o", saved]);
        ToolRun shown = ClosureScanTool.Run("scan", saved);
        Assert.Equal(1, shown.ExitCode);
        Assert.Equal(scan.Lines.TakeWhile(line => !line.StartsWith("14.0", StringComparison.Ordinal)), shown.Lines.TakeWhile(line => !line.StartsWith("14.0", StringComparison.Ordinal)));
        Assert.Contains("As a saved report tells of 23 paths.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("bin/nologin symlink-target, byte 11", ClosureScanTool.Run("scan", saved, "--show", "3").Text, StringComparison.Ordinal);

        ToolRun asJson = ClosureScanTool.Run("scan", saved, "--format", "json");
        Assert.Equal(2, asJson.ExitCode);
        Assert.Contains("--report facts=FILE has everything", asJson.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nor is there a file", ClosureScanTool.Run("scan", saved, saved).Error, StringComparison.Ordinal);
    }
}
