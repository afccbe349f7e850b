using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan scan ROOT...</c>: the leaks and the bloat of a closure.</summary>
internal static class ScanCommand
{
    private const string Contents = "contents";

    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT")
        {
            Description = "A store path, a link to one (./result), a base name, the start of a hash, or a glob ('*-system-*'); an installable (.#x, nixpkgs#x), which nix builds; "
                + "or a closure's metadata alone, a file of nix path-info --json, nix-store --query --graph or --dump-db, or closureInfo's folder; or a scan that was saved with --report facts=FILE or --format json.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        CommonOptions common = new(ReportOption.Formats);
        ReportOption reports = new();
        ViewOptions views = new();
        Option<bool> deep = new("--deep")
        {
            Description = "Also look into compressed and UTF-16 data, for store paths that nobody registered and for left-over build directories. Slower.",
        };
        Option<string?> depth = new("--depth")
        {
            Description = "How much to read. metadata: nothing, sizes and names alone. suspects: of each path the start, and the whole of those that refer to another platform or whose start leaves theirs open; "
                + "a first look. contents: everything. Default: contents; of a store behind http, https or s3 suspects, when the report is text.",
            HelpName = "DEPTH",
        };
        depth.AcceptOnlyFromAmong("metadata", "suspects", Contents);
        Option<bool> full = new("--full") { Description = "Read everything, also of a store behind a network: --depth contents." };
        Command command = new("scan", "Find the leaks of the build architecture in the closure of ROOT.") { roots };
        command.Options.Add(deep);
        command.Options.Add(depth);
        command.Options.Add(full);
        views.AddTo(command);
        reports.AddTo(command);
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string? wanted = (result.GetValue(depth), result.GetValue(full)) switch
            {
                (not (null or Contents) and var less, true) => throw CommandException.Usage($"--full reads everything, and --depth {less} does not; say one of them."),
                (_, true) => Contents,
                (var told, _) => told,
            };
            return RunAsync(settings, result.GetValue(roots)!, reports.Read(result, settings), result.GetValue(deep), wanted, views.Read(result), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommonSettings settings, string[] roots, ImmutableArray<ReportFile> reports, bool deep, string? depthTold, Func<ClosureReport, FindingView> view, CancellationToken cancellationToken)
    {
        if (roots.Length == 0 && settings.Expression is null)
        {
            throw CommandException.Usage($"No ROOT: say what to scan.");
        }

        bool isToldWithDepth = settings.Format is "text" or "json" or "facts" && reports.All(report => report.Format is "json" or "facts");
        if (depthTold is not (null or Contents) && (deep || !isToldWithDepth))
        {
            throw CommandException.Usage($"--depth {depthTold} is a first look, told as text, json or facts, which say how deep they are: it goes neither with --deep nor with other formats, whose readers would take it for a whole scan.");
        }

        if (SavedReportFile.Find(settings, roots) is { } told)
        {
            return settings.Format == "text" && reports.IsEmpty && !deep && depthTold is null
                ? Show(told, settings, view(told))
                : throw CommandException.Usage($"{roots[0]} is a saved report, which scan shows as text alone: it has not what other formats and depths need. A scan that is saved with --report facts=FILE has everything.");
        }

        ReportOutput.Discard(settings, reports);
        await using ClosureSource source = await ClosureSource.OpenAsync(settings, roots, cancellationToken).ConfigureAwait(false);

        // What a person looks at comes soon; what a program reads is whole unless it asks otherwise.
        bool suitsFirstLook = settings.Format == "text" && reports.IsEmpty && !deep && Store.SuitsFirstLook(source.Store);
        string depth = depthTold ?? (suitsFirstLook ? "suspects" : Contents);
        ClosureScanOptions options = ClosureScanOptions.Default with { MetadataOnly = depth == "metadata", Scan = ScanOptions.Default with { Deep = deep } };
        if (source.Saved is { } saved && (depth != Contents || (deep && saved.Depth != ScanDepth.Deep)))
        {
            throw CommandException.Usage($"A saved scan is as deep as it was made, {saved.Depth.ToName()}: scan the closure itself to look deeper, or less deep.");
        }

        ScannedClosure closure = depth == "suspects"
            ? await SuspectScan.RunAsync(source, settings, cancellationToken).ConfigureAwait(false)
            : await ClosureLoader.ScanAsync(source, settings, options, cancellationToken).ConfigureAwait(false);
        ClosureReport report = ClosureAnalyzer.Analyze(closure, settings.AnalysisOptions, cancellationToken);
        UnknownHost.Refuse(report);
        FindingView wanted = view(report);
        ReportOutput.Write(settings, writer => new LeakText(report, wanted, writer).Write(), (format, stream) => Write(report, settings, format, stream), reports);
        return depth == "metadata" ? Verdict.OfMetadata(report, settings.FailOn) : Verdict.Of(report, settings.FailOn);
    }

    /// <summary>Shows what a saved report tells; its exit code is that of the scan.</summary>
    private static int Show(ClosureReport report, CommonSettings settings, FindingView view)
    {
        ReportOutput.Write(settings, writer => new LeakText(report, view, writer).Write(), null);
        return Verdict.OfMetadata(report, settings.FailOn);
    }

    /// <summary>JSON has the cut, and no verdict; the other formats are those of a check without a policy.</summary>
    private static void Write(ClosureReport report, CommonSettings settings, ReportFormat format, Stream stream)
    {
        if (format.Name == "json")
        {
            JsonReport.Write(report, stream, ProgramVersion.Text);
            return;
        }

        ClosurePolicy policy = ClosurePolicy.Default with { FailOn = Gate.ToThreshold(settings.FailOn) };
        format.Write(PolicyJudge.Judge(report, policy), stream, ProgramVersion.Text);
    }
}
