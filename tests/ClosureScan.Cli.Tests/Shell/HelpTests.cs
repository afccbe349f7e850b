using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>What <c>--help</c> prints of every command fits a terminal of 80 columns and is written in sentences.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandNode.Of(CommandLine.Create()).All().Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_fits_80_columns(string command)
    {
        using StringWriter output = new();

        int exitCode = CommandLine.Create().Parse($"{command} --help").Invoke(new() { Output = output });

        Assert.Equal(0, exitCode);
        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.Length <= 80, $"{line.Length} columns: {line}"));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Descriptions_are_sentences(string command)
    {
        CommandNode node = CommandNode.Of(CommandLine.Create()).All().Single(node => node.Path == command);

        Assert.All(
            [node.Description, .. node.Arguments.Select(argument => argument.Description), .. node.Options.Select(option => option.Description)],
            description => Assert.Matches(@"^[A-Z\-][^\n]*\.$", description));
    }
}
