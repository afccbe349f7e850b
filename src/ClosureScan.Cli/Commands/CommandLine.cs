using System.CommandLine;
using System.CommandLine.Help;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary>The commands of the tool. Help, completions and the man page are made from this table.</summary>
internal static class CommandLine
{
    public static RootCommand Create()
    {
        RootCommand root = new("Finds what a Nix closure drags along from the machine it was built on, and which file names it.")
        {
            ScanCommand.Create(),
            CheckCommand.Create(),
            BaselineCommand.Create(),
            RefsCommand.Create(),
            WhyCommand.Create(),
            SizeCommand.Create(),
            CutCommand.Create(),
            WhatIfCommand.Create(),
            DiffCommand.Create(),
            NarCommand.Create(),
            CompletionCommand.Create(),
            ManCommand.Create(),
        };
        foreach (Option option in root.Options)
        {
            Adapt(option);
        }

        return root;
    }

    /// <summary>The options that the parser brings: their words end like ours, and help is laid out as wide as reports are.</summary>
    private static void Adapt(Option option)
    {
        switch (option)
        {
            case HelpOption { Action: HelpAction action }:
                option.Description = "Show help.";
                action.MaxWidth = Terminal.ForOutput(noColor: true).Width;
                break;
            case VersionOption:
                option.Description = "Show the version.";
                break;
        }
    }
}
