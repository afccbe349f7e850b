using System.CommandLine;
using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>Every command has examples, and every example is a call that the option table takes.</summary>
public sealed class CommandExampleTests
{
    public static TheoryData<string> Commands =>
        [.. CommandNode.Of(CommandLine.Create()).All().Where(command => command.Subcommands.Count == 0).Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_are_calls_of_their_command(string command)
    {
        Assert.NotEmpty(CommandExample.Of(command));
        Assert.All(CommandExample.Of(command), example =>
        {
            // What a shell makes of it, without what goes to files and to other programs.
            string arguments = example.Arguments.Split(" | ")[0].Split(" > ")[0].Split(" < ")[0];
            string[] words = ToolRun.Execute(RequiredTool.Find("bash"), ["-c", $"printf '%s\\n' {arguments}"]).Lines;
            ParseResult parsed = CommandLine.Create().Parse(words);

            Assert.Empty(parsed.Errors);
            Assert.Equal(command.Split(' ')[^1], parsed.CommandResult.Command.Name);
            Assert.StartsWith($"{command} ", $"{example.Arguments} ", StringComparison.Ordinal);
            Assert.Matches(@"^[A-Z][^\n]*\.$", example.Meaning);
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_ends_with_the_examples(string command)
    {
        using StringWriter output = new();
        Assert.Equal(0, CommandLine.Create().Parse($"{command} --help").Invoke(new() { Output = output }));

        string help = output.ToString();
        string examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.All(CommandExample.Of(command), example => Assert.Contains($"  closurescan {example.Arguments}", examples, StringComparison.Ordinal));
    }
}
