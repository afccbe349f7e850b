using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Shell;

/// <summary>The parser's help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const int MeaningColumn = 14;
    private const int HelpWidth = 80;

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        string path = PathOf(parseResult.CommandResult);
        IReadOnlyList<CommandExample> examples = CommandExample.Of(path);
        WriteWords(path, parseResult.InvocationConfiguration.Output);
        if (examples.Count > 0)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (CommandExample example in examples)
            {
                output.WriteLine($"  closurescan {example.Arguments}");
                output.WriteLine($"      {example.Meaning}");
            }

            output.WriteLine();
        }

        return exitCode;
    }

    /// <summary>The names that the arguments of a command may be, or that its file may say.</summary>
    private static void WriteWords(string path, TextWriter output)
    {
        StyledWriter writer = new(output, Terminal.ForOutput(ColorMode.Never) with { Width = HelpWidth });
        if (path.StartsWith("policy ", StringComparison.Ordinal))
        {
            WriteTable(writer, "Keys of a policy", PolicyKeys.All.Select(key => (key.Key, key.Meaning)));
            writer.Indent(0).Words("Each with lines to copy: closurescan man, POLICY; or below in the file that policy init writes.").Line().Line();
        }

        if (path is "explain" || path.StartsWith("policy ", StringComparison.Ordinal))
        {
            WriteNames(writer, "Rules", Vocabulary.Rules);
            WriteNames(writer, "Mechanisms", Vocabulary.Mechanisms);
            WriteNames(writer, "Kinds of the catalogue", Vocabulary.Kinds);
            WriteNames(writer, "Differences of compare", Vocabulary.Differences);
        }
    }

    private static void WriteTable(StyledWriter writer, string title, IEnumerable<(string Name, string Meaning)> rows)
    {
        writer.Indent(0).Words($"{title}:").Line();
        foreach ((string name, string meaning) in rows)
        {
            writer.Indent(MeaningColumn).Column(2).Words(name).Column(MeaningColumn).Words(meaning).Line();
        }
    }

    private static void WriteNames(StyledWriter writer, string title, IEnumerable<(string Name, string Meaning)> rows) =>
        writer.Indent(2).Words($"{title}:").Line().Column(2).Words(string.Join(", ", rows.Select(row => row.Name))).Line().Line();

    private static string PathOf(CommandResult command) => command.Parent is CommandResult { Command: not RootCommand } parent
        ? $"{PathOf(parent)} {command.Command.Name}"
        : command.Command.Name;
}
