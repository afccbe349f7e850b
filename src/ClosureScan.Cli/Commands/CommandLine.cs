using System.CommandLine;

namespace ClosureScan.Cli.Commands;

/// <summary>The commands of the tool. Help, completions and the man page are made from this table.</summary>
internal static class CommandLine
{
    public static RootCommand Create() =>
        new("Finds what a Nix closure drags along from the machine it was built on, and which file names it.")
        {
            ScanCommand.Create(),
            CheckCommand.Create(),
            BaselineCommand.Create(),
            RefsCommand.Create(),
            WhyCommand.Create(),
            SizeCommand.Create(),
            NarCommand.Create(),
        };
}
