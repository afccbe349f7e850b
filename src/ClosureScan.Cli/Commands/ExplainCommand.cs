using System.CommandLine;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Rules;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan explain [WORD]</c>: what a word of the reports means.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string?> word = new("WORD") { Description = "A rule, a level or a kind of difference of compare, or a mask. Without one all are listed.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("explain", "Say what a word of the reports means, with an example and what mends it.") { word };
        command.SetAction(result => result.GetValue(word) is { } asked ? Explain(asked) : List());
        return command;
    }

    /// <summary>Every word: its name, its group, and its sections of text.</summary>
    private static IEnumerable<(string Name, string Group, string Title, (string Head, string Text)[] Sections)> Words =>
    [
        .. RuleSet.Default.Rules.Select(rule => (rule.Id, "rule", rule.Title, new[] { ("", rule.Explanation), ("example", rule.Example), ("mend", rule.Advice) })),
        .. ComparisonLevels.Values.Select(level => (level.ToName(), "level of compare", level.Title(), new[] { ("", level.Explanation()) })),
        .. DifferenceKinds.Values.Select(kind => (kind.ToName(), "difference", kind.Title(), new[] { ("", kind.Explanation()), ("example", kind.Example()) })),
        .. VolatileFields.All.Select(mask => (mask.Name, "mask of compare", "blanked for L1 and L2", new[] { ("", mask.Explanation) })),
    ];

    private static int Explain(string asked)
    {
        var word = Words.FirstOrDefault(word => word.Name.Equals(asked, StringComparison.OrdinalIgnoreCase));
        if (word.Name is null)
        {
            throw CommandException.Usage($"{asked}: no such word. closurescan explain lists all.");
        }

        return Write(writer =>
        {
            writer.Indent(0).Words(word.Name, Style.Strong).Words($"({word.Group}): {word.Title}").Line();
            foreach ((string head, string text) in word.Sections)
            {
                writer.Indent(2).Column(2).Words(head.Length > 0 ? $"{head}:" : "", Style.Dim).Words(text).Line();
            }
        });
    }

    private static int List()
    {
        const int TitleColumn = 24;
        return Write(writer =>
        {
            foreach (var group in Words.GroupBy(word => word.Group))
            {
                writer.Indent(0).Words($"{group.Key}:", Style.Strong).Line();
                foreach (var word in group)
                {
                    writer.Indent(TitleColumn).Column(2).Words(word.Name, Style.Accent).Column(TitleColumn).Words(word.Title).Line();
                }
            }
        });
    }

    private static int Write(Action<StyledWriter> write) => TextOutput.Write(output => write(new StyledWriter(output, Terminal.ForOutput())));
}
