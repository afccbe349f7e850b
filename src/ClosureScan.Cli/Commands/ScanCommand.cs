using System.CommandLine;
using ClosureScan.Analysis.Leaks;
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
            Description = "A store path, a link to one (./result), a base name, the start of a hash, or a glob ('*-system-*').",
            Arity = ArgumentArity.OneOrMore,
        };
        CommonOptions common = new("text", "json");
        Option<bool> deep = new("--deep")
        {
            Description = "Also look into compressed and UTF-16 data, for store paths that nobody registered and for left-over build directories. Slower.",
        };
        Command command = new("scan", "Find the leaks of the build architecture in the closure of ROOT.") { roots };
        common.AddTo(command);
        command.Options.Add(deep);
        command.SetAction((result, cancellationToken) => RunAsync(common.Read(result), result.GetValue(roots)!, result.GetValue(deep), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommonSettings settings, string[] roots, bool deep, CancellationToken cancellationToken)
    {
        ClosureScanOptions options = ClosureScanOptions.Default with { Scan = ScanOptions.Default with { Deep = deep } };
        ScannedClosure closure = await ClosureLoader.LoadAsync(settings, roots, options, cancellationToken).ConfigureAwait(false);
        LeakReport report = LeakAnalyzer.Analyze(closure, settings.LeakOptions, cancellationToken);
        ReportOutput.Write(
            settings,
            writer => new LeakText(report, writer).Write(),
            settings.Format == "json" ? stream => JsonReport.Write(report, stream, ProgramVersion.Text) : null);
        return Verdict.Of(report, settings.FailOn);
    }
}
