using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Rules;
using ClosureScan.Cli.Rendering;
using ClosureScan.Cli.Shell;
using ClosureScan.Evidence;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan explain [WORD] [ROOT...]</c>: what a word of the reports means, or a finding of a closure, and the entry of a policy that accepts it.</summary>
internal static class ExplainCommand
{
    private const string LevelsOf = "level of compare";

    public static Command Create()
    {
        Argument<string?> word = new("WORD")
        {
            Description = "A rule, a mechanism, a kind of the catalogue, a level or a kind of difference of compare, or a mask; or the number or the key of a finding of ROOT. Without one all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "WORD",
        };
        word.CompletionSources.Add(Suggestion.Of(Words.Select(known => known.Name)));
        Argument<string[]> roots = new("ROOT") { Description = "The closure whose finding is meant, or a report of it that was saved.", Arity = ArgumentArity.ZeroOrMore };
        CommonOptions common = new("text");
        Command command = new("explain", "Say what a word of the reports means, or a finding: with an example, what mends it, and the entry that accepts it in a policy.") { word, roots };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) => (result.GetValue(word), result.GetValue(roots)!) switch
        {
            (null, _) => Task.FromResult(List(common.Read(result))),
            ({ } asked, []) => Task.FromResult(Explain(common.Read(result), asked)),
            ({ } asked, var closure) => ExplainFindingsAsync(common.Read(result), asked, closure, cancellationToken),
        });
        return command;
    }

    /// <summary>Every word: its name, its group, and its sections of text.</summary>
    private static IEnumerable<(string Name, string Group, string Title, (string Head, string Text)[] Sections)> Words =>
    [
        .. RuleSet.Default.Rules.Select(rule => (rule.Id, "rule", rule.Title, new[] { ("", rule.Explanation), ("example", rule.Example), ("mend", rule.Advice) })),
        .. MechanismTexts.All.Select(text => (text.Mechanism.ToName(), "mechanism", text.Meaning, new[] { ("example", text.Example), ("mend", text.Mending) })),
        .. LegitimateKinds.All.Select(kind => (kind.ToName(), "kind of the catalogue", kind.Reason().Split(". ")[0].TrimEnd('.') + ".", new[] { ("", kind.Reason()) })),
        .. ComparisonLevels.Values.Select(level => (level.ToName(), LevelsOf, level.Title(), new[] { ("", level.Explanation()) })),
        .. DifferenceKinds.Values.Select(kind => (kind.ToName(), "difference", kind.Title(), new[] { ("", kind.Explanation()), ("example", kind.Example()) })),
        .. VolatileFields.All.Select(mask => (mask.Name, "mask of compare", "blanked for L1 and L2", new[] { ("", mask.Explanation) })),
    ];

    private static int Explain(CommonSettings settings, string asked)
    {
        var word = Words.FirstOrDefault(word => word.Name.Equals(asked, StringComparison.OrdinalIgnoreCase));
        if (word.Name is null)
        {
            throw ReportWords.IsOfFindings(asked)
                ? CommandException.Usage($"{asked} is a finding of a closure: say which, closurescan explain {asked} ROOT. ROOT may be a saved report.")
                : CommandException.Usage($"{asked}: no such word.{(NearestName.Find(asked, [.. Words.Select(known => known.Name)]) is { } near ? $" Did you mean \"{near}\"?" : "")} closurescan explain lists all.");
        }

        return Write(settings, writer =>
        {
            writer.Indent(2).Words(word.Name, Style.Strong).Words($"({word.Group}): {(word.Sections[0].Text.StartsWith(word.Title.TrimEnd('.'), StringComparison.Ordinal) ? "" : word.Title)}").Line();
            foreach ((string head, string text) in word.Sections)
            {
                Section(writer, head, text);
            }

            WriteEntry(writer, word.Name, word.Group);
        });
    }

    /// <summary>The lines of a policy that say something of the word.</summary>
    private static void WriteEntry(StyledWriter writer, string name, string group)
    {
        (string head, string entry) = group switch
        {
            "rule" => ("to accept one", PolicyDraft.Entry(new OccurrenceKey(name, "PACKAGE", "FILE", null, "TARGET")) + $"rules:\n  {name}: warning\n"),
            "mechanism" => ("to accept one", PolicyDraft.Entry(new OccurrenceKey(RuleIds.ForeignReference, "PACKAGE", "FILE", null, "TARGET"))),
            "kind of the catalogue" => ("to let none through", $"catalogue:\n  {name}: off\n"),
            "difference" => ("to fail on it", $"compare:\n  {name}: error\n"),
            _ => ("", ""),
        };
        Verbatim(writer, head, group is "rule" or "mechanism" ? "allow:\n" + entry : entry);
    }

    /// <summary>The findings that a number or a key means: each in full, what its words mean, and the entries that accept it.</summary>
    private static async Task<int> ExplainFindingsAsync(CommonSettings settings, string asked, string[] roots, CancellationToken cancellationToken)
    {
        ClosureReport report = await ClosureLoader.AnalyzeAsync(settings, roots, ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        Finding[] findings = [.. ReportWords.RequireFindings(report, "WORD", asked)];
        PathLabels labels = new(report.Paths.Select(path => path.Path), report.Host);
        Write(settings, writer =>
        {
            FindingBlock block = new(report, labels, new FindingView().FilesShown, writer);
            foreach (Finding finding in findings)
            {
                block.Write(finding);
                if (report.Rules.TryFind(finding.Rule, out Rule? rule))
                {
                    Section(writer, finding.Rule, rule.Explanation);
                }

                foreach (Mechanism mechanism in finding.Occurrences.Select(occurrence => occurrence.Mechanism).OfType<Mechanism>().Distinct())
                {
                    Section(writer, mechanism.ToName(), MechanismTexts.Of(mechanism).Meaning);
                }

                Verbatim(writer, "to accept it in a policy", "allow:\n" + string.Concat(PolicyDraft.KeysOf(finding).Select(PolicyDraft.Entry)));
            }
        });
        return report.Closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static void Section(StyledWriter writer, string head, string text) =>
        writer.Indent(4).Column(2).Words(head.Length > 0 ? $"{head}:" : "", Style.Dim).Words(text).Line();

    /// <summary>Lines to copy: nothing stands before them that would have to be cut off, and none is wrapped.</summary>
    private static void Verbatim(StyledWriter writer, string head, string lines)
    {
        if (lines.Length == 0)
        {
            return;
        }

        Section(writer, head, "");
        foreach (string line in lines.TrimEnd('\n').Split('\n'))
        {
            writer.Raw(line).Line();
        }
    }

    private static int List(CommonSettings settings)
    {
        const int TitleColumn = 28;
        return Write(settings, writer =>
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

    private static int Write(CommonSettings settings, Action<StyledWriter> write)
    {
        ReportOutput.Write(settings, write, null);
        return ExitCode.Clean;
    }
}
