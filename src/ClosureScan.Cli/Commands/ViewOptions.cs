using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Cli.Rendering;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Commands;

/// <summary>The options that say what a reader sees of the findings. They change neither other formats nor the exit code. One instance serves one command.</summary>
internal sealed class ViewOptions
{
    private const string Everything = "all";

    private readonly Option<string[]> _show = new("--show")
    {
        Description = "Show findings in full, with bytes, chain, fixes and key: their numbers (3 or 1-3,7), their key, a rule, a package, or all.",
        HelpName = "FINDINGS",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _groupBy = new("--group-by")
    {
        Description = "What the text puts findings together by: the tree that they hold, the package that holds it, the rule, or none.",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "tree",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Show in the text these findings alone: breaks, bloats, a rule, a package, numbers or a key; may be repeated.",
        HelpName = "WHICH",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _top = new("--top") { Description = "The most groups in the text. Default: what a screen of 24 lines holds, and three at least.", HelpName = "N" };

    private readonly Option<bool> _allFiles = new("--all-files")
    {
        Description = $"Show findings in full, with every place, not the first {new FindingView().FilesShown}; the other formats always have all.",
    };

    public ViewOptions()
    {
        _groupBy.AcceptOnlyFromAmong("tree", "package", "rule", "none");
        _show.CompletionSources.Add(Suggestion.Of([Everything, .. Vocabulary.Rules.Select(rule => rule.Name)]));
        _only.CompletionSources.Add(Suggestion.Of(["breaks", "bloats", .. Vocabulary.Rules.Select(rule => rule.Name)]));
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_show, _allFiles, _groupBy, _only, _top])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The view, once there is a report that tells what its words mean.</summary>
    public Func<ClosureReport, FindingView> Read(ParseResult result)
    {
        string[] show = result.GetValue(_show)!;
        string[] only = result.GetValue(_only)!;
        bool allFiles = result.GetValue(_allFiles);
        int? top = result.GetValue(_top) is { } number ? Limit.Check("--top", number) : null;
        FindingGrouping grouping = Enum.Parse<FindingGrouping>(result.GetValue(_groupBy)!, ignoreCase: true);
        return report => new FindingView
        {
            Grouping = grouping,
            Top = top,
            Only = AnyOf(report, "--only", only),
            FilesShown = allFiles ? int.MaxValue : new FindingView().FilesShown,
            InFull = show.Contains(Everything) || (allFiles && show.Length == 0) ? _ => true : AnyOf(report, "--show", show),
        };
    }

    private static Func<Finding, bool>? AnyOf(ClosureReport report, string option, string[] words)
    {
        Func<Finding, bool>[] filters = [.. words.Select(word => ReportWords.ToFilter(report, option, word))];
        return filters.Length == 0 ? null : finding => Array.Exists(filters, filter => filter(finding));
    }
}
