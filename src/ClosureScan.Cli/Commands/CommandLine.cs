using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ClosureScan.Cli.Rendering;
using ClosureScan.Cli.Shell;

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
            PolicyCommand.Create(),
            RefsCommand.Create(),
            WhyCommand.Create(),
            SizeCommand.Create(),
            CutCommand.Create(),
            WhatIfCommand.Create(),
            DiffCommand.Create(),
            CompareCommand.Create(),
            ExploreCommand.Create(),
            ExplainCommand.Create(),
            FleetCommand.Create(),
            NarCommand.Create(),
            CacheCommand.Create(),
            CompletionCommand.Create(),
            ManCommand.Create(),
            HelpCommand.Create(),
        };
        foreach (Option option in root.Options)
        {
            Adapt(option);
        }

        RefuseEmptyValues(root);
        return root;
    }

    /// <summary>Whether words name a command, and nothing but one.</summary>
    public static bool IsCommand(IEnumerable<string> words) =>
        words.Aggregate((Command?)Create(), (command, word) => command?.Subcommands.FirstOrDefault(subcommand => subcommand.Name == word)) is not null;

    /// <summary>An empty value is a variable that a script forgot to set: a gate without its policy, or without its baseline.</summary>
    private static void RefuseEmptyValues(Command command)
    {
        foreach (Option option in command.Options)
        {
            option.Validators.Add(result => Refuse(result, option.Name));
        }

        // The empty FILE of nar cat is a NAR that is one file.
        foreach (Argument argument in command.Arguments.Where(_ => command.Name != "cat"))
        {
            argument.Validators.Add(result => Refuse(result, argument.Name));
        }

        foreach (Command subcommand in command.Subcommands)
        {
            RefuseEmptyValues(subcommand);
        }
    }

    private static void Refuse(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name} is empty. Is a variable not set?");
        }
    }

    /// <summary>The options that the parser brings: their words end like ours, and help is laid out as wide as reports are.</summary>
    private static void Adapt(Option option)
    {
        switch (option)
        {
            case HelpOption { Action: HelpAction action }:
                option.Description = "Show help.";
                action.MaxWidth = Terminal.ForOutput().Width;
                option.Action = new HelpWithExamples(action);
                break;
            case VersionOption:
                option.Description = "Show the version.";
                break;
        }
    }
}
