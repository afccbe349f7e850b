using System.CommandLine;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan man</c>: the manual page, for <c>man -l</c> and for packages that install it.</summary>
internal static class ManCommand
{
    public static Command Create()
    {
        Command command = new("man", "Print the manual page: closurescan man | man -l -.");
        command.SetAction(result => TextOutput.Write(writer =>
            ManualPage.Write(CommandNode.Of(result.RootCommandResult.Command), ProgramVersion.Text, writer)));
        return command;
    }
}
