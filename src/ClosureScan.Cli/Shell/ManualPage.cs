using ClosureScan.Stores;

namespace ClosureScan.Cli.Shell;

/// <summary>The manual page, in roff with the macros of man(7).</summary>
internal static class ManualPage
{
    public static void Write(CommandNode root, string version, TextWriter writer)
    {
        writer.Write($".TH CLOSURESCAN 1 \"\" \"closurescan {version}\" \"User Commands\"\n");
        writer.Write($".SH NAME\nclosurescan \\- {Escape(Phrase(root.Description))}\n");
        writer.Write(".SH SYNOPSIS\n");
        CommandNode[] commands = [.. root.All().Where(command => command.Subcommands.Count == 0)];
        foreach (CommandNode command in commands)
        {
            WriteSynopsis(command, writer);
        }

        writer.Write($".SH DESCRIPTION\n{Text(root.Description)}\n");
        writer.Write(".SH COMMANDS\n");
        foreach (CommandNode command in commands)
        {
            WriteCommand(command, writer);
        }

        WriteExamples(commands, writer);
        WritePolicy(writer);
        WriteTable("RULES", Vocabulary.Rules, writer);
        WriteTable("MECHANISMS", Vocabulary.Mechanisms, writer);
        WriteTable("CATALOGUE", Vocabulary.Kinds, writer);
        WriteTable("DIFFERENCES", Vocabulary.Differences, writer);
        WriteTable("STORES", Store.Kinds, writer);
        WriteTable("EXIT STATUS", ExitCode.Meanings.Select(row => ($"{row.Code}", row.Meaning)), writer);
        WriteTable("ENVIRONMENT", EnvironmentVariables.Meanings.Select(row => (row.Name, row.Meaning)), writer);
    }

    private static void WriteSynopsis(CommandNode command, TextWriter writer)
    {
        writer.Write($".B closurescan {Escape(command.Path)}\n[\\fIoptions\\fR]");
        foreach (ArgumentNode argument in command.Arguments)
        {
            string name = $"\\fI{Escape(argument.Name)}\\fR{(argument.IsRepeatable ? "..." : "")}";
            writer.Write(argument.IsOptional ? $" [{name}]" : $" {name}");
        }

        writer.Write("\n.br\n");
    }

    private static void WriteCommand(CommandNode command, TextWriter writer)
    {
        writer.Write($".SS closurescan {Escape(command.Path)}\n{Text(command.Description)}\n");
        foreach (ArgumentNode argument in command.Arguments)
        {
            writer.Write($".TP\n\\fI{Escape(argument.Name)}\\fR\n{Text(argument.Description)}\n");
        }

        foreach (OptionNode option in command.Options)
        {
            string value = option.ValueName is null ? "" : $" \\fI{Escape(option.ValueName)}\\fR";
            string names = string.Join(", ", option.Names.Select(name => $"\\fB{Escape(name)}\\fR"));
            writer.Write($".TP\n{names}{value}\n{Text(option.Description)}\n");
        }
    }

    private static void WriteExamples(IEnumerable<CommandNode> commands, TextWriter writer)
    {
        // No word of a call is to be broken.
        writer.Write(".SH EXAMPLES\n.nh\n");
        foreach (CommandExample example in commands.SelectMany(command => CommandExample.Of(command.Path)))
        {
            writer.Write($".TP\n\\fBclosurescan {Escape(example.Arguments)}\\fR\n{Text(example.Meaning)}\n");
        }

        writer.Write(".hy\n");
    }

    private static void WritePolicy(TextWriter writer)
    {
        writer.Write(".SH POLICY\nA policy is YAML with these keys, none of them required. An unknown one is an error. Globs (* and ?) match whole names: packages without hash, host triple and version, files by their path in the package. RULES, CATALOGUE and DIFFERENCES (for compare) below list the names; policy init writes a file to start from, and policy check reads one.\n");
        foreach ((string key, string meaning, string example) in PolicyKeys.All)
        {
            writer.Write($".TP\n\\fB{Escape(key)}\\fR\n{Text(meaning)}\n.RS\n.nf\n");
            foreach (string line in example.Split('\n'))
            {
                writer.Write($"{Text(line)}\n");
            }

            writer.Write(".fi\n.RE\n");
        }
    }

    private static void WriteTable(string title, IEnumerable<(string Term, string Meaning)> rows, TextWriter writer)
    {
        writer.Write($".SH {title}\n");
        foreach ((string term, string meaning) in rows)
        {
            writer.Write($".TP\n\\fB{Escape(term)}\\fR\n{Text(meaning)}\n");
        }
    }

    /// <summary>A sentence as whatis(1) wants it: a phrase without a capital and a full stop.</summary>
    private static string Phrase(string sentence) =>
        sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    /// <summary>A paragraph. A full stop or an apostrophe at its beginning would make it a request.</summary>
    private static string Text(string text) => (text.StartsWith('.') || text.StartsWith('\'') ? "\\&" : "") + Escape(text);

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("~", "\\(ti", StringComparison.Ordinal)
        .Replace("…", "...", StringComparison.Ordinal);
}
