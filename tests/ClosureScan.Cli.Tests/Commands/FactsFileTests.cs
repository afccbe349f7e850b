using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A saved scan stands for its closure in every command, without a store, and says the same.</summary>
public sealed class FactsFileTests : IDisposable
{
    private readonly TemporaryTree _folder = new();

    public FactsFileTests() => ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--report", $"facts={Facts}", "--quiet", "-o", _folder.PathOf("report.txt"));

    private string Facts => _folder.PathOf("scan.facts");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scan", "ROOT", "--format", "json")]
    [InlineData("scan", "ROOT", "--format", "json", "--host", "x86_64-linux")]
    [InlineData("check", "ROOT", "--format", "sarif")]
    [InlineData("size", "ROOT", "--splits", "--format", "json")]
    [InlineData("cut", "ROOT", "--format", "json")]
    [InlineData("cut", "ROOT", LeakyCache.Gcc)]
    [InlineData("what-if", "ROOT", "--drop", "curl-*:bin/*", "--format", "json")]
    [InlineData("why", "ROOT", LeakyCache.Gcc, "--all")]
    [InlineData("why", "ROOT", "nobody")]
    public void A_command_says_of_a_saved_scan_what_it_says_of_the_closure(params string[] call)
    {
        ToolRun live = ClosureScanTool.Run([.. call.Select(word => word == "ROOT" ? LeakyCache.RootName : word), "--store", LeakyCache.Location]);
        ToolRun saved = ClosureScanTool.Run(call.Select(word => word == "ROOT" ? Facts : word));

        Assert.Equal(live.Text, saved.Text);
        Assert.Equal(live.ExitCode, saved.ExitCode);
    }

    [Fact]
    public void A_saved_scan_is_compared_with_a_closure()
    {
        ToolRun run = ClosureScanTool.Run("diff", Facts, "*-pi-image-*", "--after-store", "samples/fixed-cache");

        Assert.Equal(ClosureScanTool.Run("diff", LeakyCache.RootName, "*-pi-image-*", "--before-store", LeakyCache.Location, "--after-store", "samples/fixed-cache").Text, run.Text);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("scan", "FACTS", "--deep")]
    [InlineData("scan", "FACTS", "--depth", "suspects")]
    [InlineData("scan", "FACTS", LeakyCache.RootName)]
    [InlineData("compare", "FACTS", "FACTS")]
    [InlineData("scan", "DAMAGED")]
    public void What_a_saved_scan_cannot_do_is_told(params string[] call)
    {
        byte[] bytes = File.ReadAllBytes(Facts);
        File.WriteAllBytes(_folder.PathOf("damaged"), bytes[..(bytes.Length / 2)]);

        ToolRun run = ClosureScanTool.Run(call.Select(word => word switch { "FACTS" => Facts, "DAMAGED" => _folder.PathOf("damaged"), _ => word }));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("saved scan", run.Error, StringComparison.Ordinal);
    }
}
