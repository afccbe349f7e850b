using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph.Exports;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Reports.Html;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// <c>closurescan cut ROOT... [TARGET]</c>: the fewest edits that free the closure of every leak, or of a path. The last of several
/// arguments is a target when it lies in the closure of those before it; <c>--target</c> says so whatever it is.
/// </summary>
internal static class CutCommand
{
    private static readonly string[] Formats = ["text", "json", "dot", "html"];

    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT") { Description = "Store paths, links to them (./result), base names, starts of hashes or globs; or a file that scan wrote with --report facts=FILE or --format json. The last of several is TARGET when the closure of the others has it.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> targets = new("--target")
        {
            Description = "A path of the closure to be rid of, written like ROOT; may be repeated. Default: whatever a leak leads to.",
            HelpName = "TARGET",
        };
        Option<string?> policy = new("--policy") { Description = "Findings that this policy allows stay, and what they hold with them.", HelpName = "FILE" };
        CommonOptions common = new(Formats);
        ReportOption reports = new(Formats);
        Command command = new("cut", "Find the fewest edits that free the closure of every leak, or of TARGET. Exit code 1: no edit can.") { roots, targets, policy };
        common.AddTo(command);
        reports.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return RunAsync(settings, result.GetValue(roots)!, result.GetValue(targets) ?? [], result.GetValue(policy), reports.Read(result, settings), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommonSettings settings, string[] roots, string[] targets, string? policyFile, ImmutableArray<ReportFile> reports, CancellationToken cancellationToken)
    {
        ReportOutput.Discard(settings, reports);
        ClosurePolicy policy = policyFile is null ? ClosurePolicy.Default : Gate.LoadPolicy(policyFile);
        if (targets.Length == 0 && await EndsWithTargetAsync(settings, roots, cancellationToken).ConfigureAwait(false))
        {
            targets = roots[^1..];
            roots = roots[..^1];
        }

        ClosureReport report = await ClosureLoader.AnalyzeAsync(
            settings, roots, ClosureScanOptions.Default, cancellationToken, Gate.AnalysisOptionsOf(settings, policy)).ConfigureAwait(false);
        report = PolicyJudge.Judge(report, policy, PolicyOptions.Default).Report;
        ScannedClosure closure = report.Closure;
        ClosureCut cut = targets.Length == 0 ? report.Cut() : report.Cut(targets.SelectMany(target => ReportWords.RequirePaths(report, target)));
        ReportOutput.Write(
            settings,
            writer => new CutText(report, cut, writer).Write(),
            format => format switch
            {
                "json" => stream => CutJson.Write(report, cut, stream, ProgramVersion.Text),
                "dot" => ReportOutput.Text(output => DotExport.WriteCut(output, report.Graph, Edges(report, cut))),
                "html" => stream => HtmlPage.Write(report, cut, stream, ProgramVersion.Text),
                _ => null,
            },
            reports);
        return !closure.IsComplete ? ExitCode.Incomplete : cut.IsPossible ? ExitCode.Clean : ExitCode.Findings;
    }

    /// <summary>Whether the last argument names a path that hangs on the others: then it is to be cut off, not one more root.</summary>
    private static async Task<bool> EndsWithTargetAsync(CommonSettings settings, string[] roots, CancellationToken cancellationToken)
    {
        if (roots.Length < 2)
        {
            return false;
        }

        if (IsSaved(roots[0]))
        {
            return roots.Length == 2 && !IsSaved(roots[1]);
        }

        if (ReportWords.IsOfFindings(roots[^1]))
        {
            return true;
        }

        ClosureScanOptions metadata = ClosureScanOptions.Default with { MetadataOnly = true };
        ScannedClosure closure = await ClosureLoader.LoadAsync(settings, roots[..^1], metadata, cancellationToken).ConfigureAwait(false);
        return StorePathResolver.ResolveAmong(closure, ReportWords.Target(roots[^1])).Any(path => !closure.Roots.Contains(path));
    }

    private static bool IsSaved(string root) => SavedReportFile.IsNamed(root) || FactsFile.IsOne(root);

    private static int[] Edges(ClosureReport report, ClosureCut cut) => [.. cut.Edits
        .Select(edit => edit.To is { } target && report.Graph.TryGetNode(edit.From, out int from) && report.Graph.TryGetNode(target, out int to) ? report.Graph.FindEdge(from, to) : -1)
        .Where(edge => edge >= 0)];
}
