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
    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT")
        {
            Description = "A store path, a link to one (./result), a base name, the start of a hash, or a glob ('*-system-*'); an installable (.#x, nixpkgs#x), which nix builds; "
                + "or a closure's metadata alone, a file of nix path-info --json, nix-store --query --graph or --dump-db, or closureInfo's folder; or a scan that was saved with --report facts=FILE.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        CommonOptions common = new(ReportOption.Formats);
        ReportOption reports = new();
        ViewOptions views = new();
        Option<bool> deep = new("--deep")
        {
            Description = "Also look into compressed and UTF-16 data, for store paths that nobody registered and for left-over build directories. Slower.",
        };
        Option<string> depth = new("--depth")
        {
            Description = "How much to read. metadata: nothing, sizes and names alone. suspects: of each path the start, and the whole of those that refer to another platform or whose start leaves theirs open; "
                + "a first look at a cache far away, told as text. contents: everything.",
            HelpName = "DEPTH",
            DefaultValueFactory = _ => "contents",
        };
        depth.AcceptOnlyFromAmong("metadata", "suspects", "contents");
        Command command = new("scan", "Find the leaks of the build architecture in the closure of ROOT.") { roots };
        command.Options.Add(deep);
        command.Options.Add(depth);
        views.AddTo(command);
        reports.AddTo(command);
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return RunAsync(settings, result.GetValue(roots)!, reports.Read(result, settings), result.GetValue(deep), result.GetValue(depth)!, views.Read(result), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommonSettings settings, string[] roots, ImmutableArray<ReportFile> reports, bool deep, string depth, Func<ClosureReport, FindingView> view, CancellationToken cancellationToken)
    {
        if (roots.Length == 0 && settings.Expression is null)
        {
            throw CommandException.Usage($"No ROOT: say what to scan.");
        }

        if (depth != "contents" && (deep || settings.Format != "text" || !reports.IsEmpty))
        {
            throw CommandException.Usage($"--depth {depth} is a first look, told as text: it goes neither with --deep nor with --format or --report, whose readers would take it for a whole scan.");
        }

        ReportOutput.Discard(settings, reports);
        ClosureScanOptions options = ClosureScanOptions.Default with { MetadataOnly = depth == "metadata", Scan = ScanOptions.Default with { Deep = deep } };
        await using ClosureSource source = await ClosureSource.OpenAsync(settings, roots, cancellationToken).ConfigureAwait(false);
        if (source.Saved is { } saved && (depth != "contents" || (deep && saved.Depth != ScanDepth.Deep)))
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
