using System.Collections.Immutable;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

public sealed class CrossNativeTests
{
    private static readonly string Readme = Repository.PathOf("samples/cross-native/README.md");

    [Fact]
    public void Commands_print_what_the_sample_shows()
    {
        ImmutableArray<MarkdownConsole> commands = MarkdownConsole.Read(Readme);

        Assert.NotEmpty(commands);
        foreach (MarkdownConsole command in commands)
        {
            Assert.Equal(command.Output, ClosureScanTool.Run(command.ToolArguments()!).Text);
        }
    }

    [Fact]
    public void Program_is_the_sample_that_is_built() => Assert.Contains(
        "```csharp\n" + File.ReadAllText(Repository.PathOf("samples/embed-compare/Program.cs")) + "```", File.ReadAllText(Readme), StringComparison.Ordinal);
}
