using System.Collections.Immutable;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests;

public sealed class ReadmeTests
{
    private static readonly string Readme = Repository.PathOf("README.md");

    [Fact]
    public void Commands_print_what_the_readme_shows()
    {
        ImmutableArray<MarkdownConsole> commands = [.. MarkdownConsole.Read(Readme).Where(command => command.ToolArguments() is not null && command.Output.Length > 0)];
        Assert.NotEmpty(commands);
        foreach (MarkdownConsole command in commands)
        {
            Assert.Equal(command.Output, ClosureScanTool.Run(command.ToolArguments()!).Text);
        }
    }

    [Fact]
    public void Catalogue_has_each_kind_with_its_condition()
    {
        string readme = File.ReadAllText(Readme);
        Assert.All(Vocabulary.Rules.Concat(Vocabulary.Mechanisms), row => Assert.Contains($"| `{row.Name}` | {row.Meaning} |\n", readme, StringComparison.Ordinal));
        Assert.All(LegitimateKinds.All, kind => Assert.Contains($"| `{kind.ToName()}` | {kind.Reason()} |\n", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Library_program_is_the_sample_that_is_built()
    {
        string program = File.ReadAllText(Repository.PathOf("samples/embed/Program.cs"));
        Assert.Contains("```csharp\n" + program + "```", File.ReadAllText(Readme), StringComparison.Ordinal);
    }
}
