using System.Collections.Immutable;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

public sealed class WalkthroughTests
{
    [Fact]
    public void Commands_print_what_the_walkthrough_shows()
    {
        ImmutableArray<MarkdownConsole> commands = MarkdownConsole.Read(Repository.PathOf("samples/walkthrough/README.md"));

        Assert.Equal(["size", "why", "why", "cut", "scan", "diff"], commands.Select(command => command.ToolArguments()![0]));
        foreach (MarkdownConsole command in commands)
        {
            Assert.Equal(command.Output, ClosureScanTool.Run(command.ToolArguments()!).Text);
        }
    }

    [Fact]
    public void Walk_ends_on_an_image_that_scans_clean_and_brings_no_leak()
    {
        ToolRun scan = ClosureScanTool.Run("scan", "--store", "samples/fixed-cache", "*-pi-image-*");
        ToolRun diff = ClosureScanTool.Run("diff", "*-pi-image-*", "*-pi-image-*", "--before-store", "samples/leaky-cache", "--after-store", "samples/fixed-cache");

        Assert.Equal((0, 0), (scan.ExitCode, diff.ExitCode));
        Assert.Contains("No leak found.", scan.Text, StringComparison.Ordinal);
        Assert.Contains("Findings: 0 new, 0 stronger, 0 weaker, 8 gone, 0 as before.", diff.Text, StringComparison.Ordinal);
    }
}
