using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// <c>closurescan why ROOT TARGET</c>: why the closure has a path. The graph comes from the store's metadata; only the contents of
/// paths on the chains that are shown are read. A saved report answers without any store, as far as it knows the bytes.
/// </summary>
internal static class WhyCommand
{
    private const int DefaultLimit = 20;

    public static Command Create()
    {
        Argument<string> root = new("ROOT") { Description = "A store path, a link to one (./result), a base name, the start of a hash, or a glob; or a file that scan wrote with --report facts=FILE or --format json." };
        Argument<string?> target = new("TARGET")
        {
            Description = "A path of the closure, written like ROOT or as a report prints it; a glob asks about all it matches; a finding's number or key about what it leads to.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> finding = new("--finding") { Description = "Ask about what a finding leads to, by its number or key, in place of TARGET.", HelpName = "N" };
        Option<int?> chains = new("--chains") { Description = "The K shortest different chains to TARGET, in place of one.", HelpName = "K" };
        Option<bool> all = new("--all") { Description = "Every reference on some chain, those on the shortest first." };
        Option<bool> reverse = new("--reverse") { Description = "Every reference to TARGET itself: who holds it." };
        Option<int> top = new("--top") { Description = $"The most chains or references to show. Default: {DefaultLimit}.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        CommonOptions common = new("text", "json");
        Command command = new("why", "Show why ROOT reaches TARGET, with the bytes that hold each reference. Exit code 1: it does not.") { root, target, finding, chains, all, reverse, top };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            common.Read(result),
            result.GetValue(root)!,
            Target(result.GetValue(target), result.GetValue(finding)),
            Scope(result.GetValue(all), result.GetValue(reverse)),
            Limit.Check("--top", result.GetValue(top)),
            Chains(result.GetValue(chains), result.GetValue(all) || result.GetValue(reverse)),
            cancellationToken));
        return command;
    }

    private static string Target(string? target, string? finding) => (target, finding) switch
    {
        ({ } path, null) => path,
        (null, { } number) when ReportWords.IsOfFindings(number) => number,
        (null, { } number) => throw CommandException.Usage($"--finding {number}: expected a finding's number or key, as scan prints it."),
        (null, null) => throw CommandException.Usage($"No TARGET: say which path of the closure is meant, or --finding."),
        _ => throw CommandException.Usage($"TARGET and --finding are two answers to one question; say one of them."),
    };

    private static WhyScope Scope(bool all, bool reverse) => (all, reverse) switch
    {
        (true, true) => throw CommandException.Usage($"--all and --reverse answer different questions; say one of them."),
        (true, false) => WhyScope.AllChains,
        (false, true) => WhyScope.Referrers,
        _ => WhyScope.Shortest,
    };

    private static int Chains(int? chains, bool isOtherScope) => (chains, isOtherScope) switch
    {
        ({ }, true) => throw CommandException.Usage($"--chains lists chains one by one, --all and --reverse their references; say one of them."),
        ({ } count, _) => Limit.Check("--chains", count),
        _ => 1,
    };

    private static async Task<int> RunAsync(
        CommonSettings settings, string root, string target, WhyScope scope, int limit, int chains, CancellationToken cancellationToken)
    {
        ClosureReport? saved = SavedReportFile.Find(settings, [root]);
        if (saved is null && ReportWords.IsOfFindings(target))
        {
            // Which finding a number is, takes a whole scan to tell.
            saved = await ClosureLoader.AnalyzeAsync(settings, [root], ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        }

        WhyReport report = saved is not null
            ? ExplainSaved(saved, target, scope, limit, chains)
            : await ExplainAsync(settings, root, target, scope, limit, chains, cancellationToken).ConfigureAwait(false);
        InferredHost host = saved?.HostFrom ?? InferredHost.Of(report.Closure, settings.Host);
        ReportOutput.Write(
            settings,
            writer => new WhyText(report, host.Platform, writer).Write(),
            settings.Format == "json" ? stream => WhyJson.Write(report, stream, ProgramVersion.Text, host) : null);
        return !report.Closure.IsComplete ? ExitCode.Incomplete : report.PathCount > 0 ? ExitCode.Clean : ExitCode.Findings;
    }

    private static async Task<WhyReport> ExplainAsync(
        CommonSettings settings, string root, string target, WhyScope scope, int limit, int chains, CancellationToken cancellationToken)
    {
        await using ClosureSource source = await ClosureSource.OpenAsync(settings, [root], cancellationToken).ConfigureAwait(false);
        ClosureScanOptions metadata = new() { MetadataOnly = true };
        ScannedClosure closure = await ClosureLoader.ScanAsync(source, settings, metadata, cancellationToken).ConfigureAwait(false);
        ImmutableArray<StorePath> targets = StorePathResolver.ResolveAmong(closure, ReportWords.Target(target));
        if (targets.IsEmpty)
        {
            return WhyReport.NoChain(scope, closure, await FindOutsideAsync(source.Store, ReportWords.Target(target), cancellationToken).ConfigureAwait(false));
        }

        WhyPlan plan = WhyPlan.Create(ClosureGraph.Create(closure), targets, scope, limit, chains);
        return plan.Explain(source.HasContents
            ? await ClosureLoader.ReadAsync(source, closure, plan.Sources, settings, cancellationToken).ConfigureAwait(false)
            : closure);
    }

    private static WhyReport ExplainSaved(ClosureReport saved, string target, WhyScope scope, int limit, int chains)
    {
        ImmutableArray<StorePath> targets = ReportWords.IsOfFindings(target) ? ReportWords.RequirePaths(saved, target) : StorePathResolver.ResolveAmong(saved.Closure, ReportWords.Target(target));
        if (!targets.IsEmpty)
        {
            return WhyPlan.Create(saved.Graph, targets, scope, limit, chains).Explain(saved);
        }

        // A whole path is no typing error. Of anything else a report cannot tell: it knows no paths but those of its closure.
        return StorePath.TryParse(target, out StorePath? path)
            ? WhyReport.NoChain(scope, saved.Closure, [path]) with { IsSaved = true }
            : throw new CommandException(ExitCode.Nothing, $"\"{target}\" matches none of the {Quantity.Count(saved.Paths.Length, "path")} in the saved report; closurescan size lists them.");
    }

    /// <summary>The paths of the store that were meant: they are not in the closure, and yet no typing error.</summary>
    private static async Task<ImmutableArray<StorePath>> FindOutsideAsync(IStore store, string target, CancellationToken cancellationToken)
    {
        try
        {
            return await StorePathResolver.ResolveAsync(store, target, cancellationToken).ConfigureAwait(false);
        }
        catch (UnresolvedPathException exception) when (exception.IsAmbiguous)
        {
            return [];
        }
    }
}
