using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Reports.Html;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan diff BEFORE AFTER</c>: what changed between two closures. Exit code 1: there are new leaks at or above --fail-on.</summary>
internal static class DiffCommand
{
    private const int DefaultLimit = 20;
    private static readonly string[] Formats = [.. ReportOption.Formats.Where(format => format != "facts")];

    public static Command Create()
    {
        Argument<string> before = new("BEFORE") { Description = "A store path, a link to one, a base name, the start of a hash, a glob; or a file that scan wrote with --report facts=FILE or --format json." };
        Argument<string> after = new("AFTER") { Description = "The same, for the closure after." };
        Option<string?> beforeStore = new("--before-store") { Description = "Where BEFORE lives. Default: --store.", HelpName = "URI" };
        Option<string?> afterStore = new("--after-store") { Description = "Where AFTER lives. Default: --store.", HelpName = "URI" };
        Option<int> top = new("--top") { Description = $"The most paths, and findings of each kind, to show in the text. Default: {DefaultLimit}.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        CommonOptions common = new(Formats);
        ReportOption reports = new(Formats);
        Command command = new("diff", "Show what changed between two closures: whether it is worse, which findings are new, stronger, weaker or gone, and which new reference brought each path. Exit code 1: new or stronger findings.")
        {
            before, after, beforeStore, afterStore, top,
        };
        common.AddTo(command);
        reports.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            int limit = Limit.Check("--top", result.GetValue(top));
            ImmutableArray<ReportFile> files = reports.Read(result, settings);
            ReportOutput.Discard(settings, files);
            ClosureReport earlier = await LoadAsync(settings, result.GetValue(beforeStore), result.GetValue(before)!, cancellationToken).ConfigureAwait(false);
            ClosureReport later = await LoadAsync(settings, result.GetValue(afterStore), result.GetValue(after)!, cancellationToken).ConfigureAwait(false);
            return Report(settings, later, ClosureDiff.Compare(earlier, later), limit, files);
        });
        return command;
    }

    private static int Report(CommonSettings settings, ClosureReport after, ClosureDiff diff, int limit, ImmutableArray<ReportFile> files)
    {
        ReportOutput.Write(
            settings,
            writer => new DiffText(diff, writer).Write(limit),
            format => format switch
            {
                "json" => stream => DiffJson.Write(diff, stream, ProgramVersion.Text),
                "html" => stream => HtmlPage.Write(diff, stream, ProgramVersion.Text),
                "markdown" => stream => DiffMarkdown.Write(diff, stream),
                _ => ReportFormat.TryFind(format, out ReportFormat? other)
                    ? stream => other.Write(ChangeJudge.Judge(after, diff, Gate.ToThreshold(settings.FailOn)), stream, ProgramVersion.Text)
                    : null,
            },
            files);
        if (diff.Outcome == ChangeOutcome.Incomplete)
        {
            return ExitCode.Incomplete;
        }

        bool fails = settings.FailOn is { } least
            && diff.Select(OccurrenceChange.New).Concat(diff.Select(OccurrenceChange.Stronger)).Any(finding => finding.Effect >= least && finding.Severity != Severity.Note);
        return fails ? ExitCode.Findings : ExitCode.Clean;
    }

    private static async Task<ClosureReport> LoadAsync(CommonSettings settings, string? store, string closure, CancellationToken cancellationToken) =>
        SavedReportFile.IsNamed(closure)
            ? SavedReportFile.Load(closure)
            : await ClosureLoader.AnalyzeAsync(store is null ? settings : settings with { Stores = [store], AreStoresGiven = true }, [closure], ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
}
