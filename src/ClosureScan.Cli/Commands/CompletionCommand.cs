using System.CommandLine;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan completion bash|zsh|fish</c>: the script that teaches a shell the commands and options.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        Argument<string> shell = new("SHELL") { Description = "The shell: bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Print the script that completes commands and options in a shell.") { shell };
        command.SetAction(result => TextOutput.Write(writer => Write(result.GetValue(shell)!, CommandNode.Of(result.RootCommandResult.Command), writer)));
        return command;
    }

    private static void Write(string shell, CommandNode root, TextWriter writer)
    {
        switch (shell)
        {
            case "bash":
                BashCompletion.Write(root, writer);
                break;
            case "zsh":
                ZshCompletion.Write(root, writer);
                break;
            default:
                FishCompletion.Write(root, writer);
                break;
        }
    }
}
