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
}
