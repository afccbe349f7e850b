using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Graph.Exports;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// <c>closurescan size ROOT...</c>: self, added and closure size of every path, from the store's metadata alone; the contents are read
/// for --splits only.
/// </summary>
internal static class SizeCommand
{
    private const int DefaultLimit = 40;

    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT") { Description = "Store paths, links to them (./result), base names, starts of hashes or globs, all under one virtual root; or a file that scan wrote with --report facts=FILE or --format json.", Arity = ArgumentArity.OneOrMore };
        Option<string> sort = new("--sort") { Description = "What to sort by: added, closure, self or name.", HelpName = "BY", DefaultValueFactory = _ => "added" };
        sort.AcceptOnlyFromAmong("added", "closure", "self", "name");
        Option<int> top = new("--top") { Description = $"The most paths (with --twins: packages; with --splits: splits, in JSON too) to show in the text. Default: {DefaultLimit}.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        Option<bool> twins = new("--twins") { Description = "Show instead which packages are there several times (versions, platforms, outputs), what each path costs and who holds it; JSON always has them." };
        Option<bool> splits = new("--splits") { Description = "Show instead which files of a path alone carry what hangs on it, and what moving them to another output would free. Reads all files." };
        CommonOptions common = new("text", "json", "csv", "tsv", "dot", "graphml");
        Command command = new("size", "Show what every path of the closure weighs, alone and with what hangs on it. dot draws who holds what.") { roots, sort, top, twins, splits };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string[] paths = result.GetValue(roots)!;
            int limit = Limit.Check("--top", result.GetValue(top));
            return (result.GetValue(twins), result.GetValue(splits)) switch
            {
                (true, true) => throw CommandException.Usage($"--twins and --splits are different tables; say one of them."),
                (_, true) => RunSplitsAsync(settings, paths, limit, cancellationToken),
                (var showTwins, _) => RunAsync(settings, paths, Enum.Parse<SizeOrder>(result.GetValue(sort)!, ignoreCase: true), limit, showTwins, cancellationToken),
            };
        });
        return command;
    }

    private static async Task<int> RunSplitsAsync(CommonSettings settings, string[] roots, int limit, CancellationToken cancellationToken)
    {
        if (settings.Format is not ("text" or "json"))
        {
            throw CommandException.Usage($"--splits is told as text or json, not as {settings.Format}.");
        }

        ClosureReport report = await ClosureLoader.AnalyzeAsync(settings, roots, ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        if (report.IsSaved)
        {
            throw CommandException.Usage($"A saved report tells the files of findings alone: --splits needs the store that was scanned.");
        }

        ImmutableArray<FileSplit> splits = SplitFinder.Find(report, limit, cancellationToken);
        ReportOutput.Write(
            settings,
            writer => new SplitsText(report, splits, writer).Write(),
            settings.Format == "json"
                ? stream => SizeJson.Write(report.Closure, report.Graph, report.Model.Sizes, TwinFinder.Find(report.Graph, report.Model.Sizes), stream, ProgramVersion.Text, splits, report.HostFrom)
                : null);
        return report.Closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static async Task<int> RunAsync(CommonSettings settings, string[] roots, SizeOrder order, int limit, bool showTwins, CancellationToken cancellationToken)
    {
        ClosureScanOptions metadata = new() { MetadataOnly = true };
        ClosureReport? saved = SavedReportFile.Find(settings, roots);
        ScannedClosure closure = saved?.Closure
            ?? await ClosureLoader.LoadAsync(settings, roots, metadata, cancellationToken).ConfigureAwait(false);
        ClosureGraph graph = ClosureGraph.Create(closure);
        ClosureSizes sizes = ClosureSizes.Compute(graph, cancellationToken);
        InferredHost host = saved?.HostFrom ?? InferredHost.Of(closure, settings.Host);
        ReportOutput.Write(
            settings,
            writer =>
            {
                if (showTwins)
                {
                    new TwinsText(graph, TwinFinder.Find(graph, sizes), host.Platform, writer).Write(limit);
                    ProblemText.Write(writer, closure.Problems);
                }
                else
                {
                    new SizeTable(closure, graph, sizes, host.Platform, writer).Write(order, limit);
                }
            },
            settings.Format switch
            {
                "json" => stream => SizeJson.Write(closure, graph, sizes, TwinFinder.Find(graph, sizes), stream, ProgramVersion.Text, host: host),
                "csv" => ReportOutput.Text(output => TableExport.WriteSizes(output, graph, sizes, TableFormat.Csv)),
                "tsv" => ReportOutput.Text(output => TableExport.WriteSizes(output, graph, sizes, TableFormat.Tsv)),
                "dot" => ReportOutput.Text(output => DotExport.WriteDominators(output, graph, sizes.Dominators)),
                "graphml" => ReportOutput.Text(output => GraphMlExport.Write(output, graph, sizes)),
                _ => null,
            });
        return closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }
}
