using System.CommandLine;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan help COMMAND</c>: for hands that are used to it.</summary>
internal static class HelpCommand
{
    public static Command Create()
    {
        Argument<string[]> words = new("COMMAND") { Description = "The command, such as scan or policy init. Without one, all commands.", Arity = ArgumentArity.ZeroOrMore, HelpName = "COMMAND" };
        Command command = new("help", "Show the help of a command, as --help behind it does.") { words };
        words.CompletionSources.Add(context => command.Parents.OfType<Command>().SelectMany(root => Suggestion.Of(root.Subcommands.Where(other => other != command).Select(other => other.Name))(context)));
        command.SetAction(result =>
        {
            string[] asked = result.GetValue(words)!;
            return CommandLine.IsCommand(asked)
                ? CommandLine.Create().Parse([.. asked, "--help"]).Invoke(result.InvocationConfiguration)
                : throw CommandException.Usage($"{string.Join(' ', asked)}: there is no such command. closurescan help lists all.");
        });
        return command;
    }
}
