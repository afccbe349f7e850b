using ClosureScan.Analysis;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// A first look that reads little: of each path the start, for its platform, and then the whole of those alone that refer to a path of another
/// platform. What no reference tells (a foreign program in a path of the host, a reference that nobody registered) it does not see.
/// </summary>
internal static class SuspectScan
{
    public static async Task<ScannedClosure> RunAsync(ClosureSource source, CommonSettings settings, CancellationToken cancellationToken)
    {
        ClosureScanOptions metadata = ClosureScanOptions.Default with { MetadataOnly = true };
        ScannedClosure closure = await ClosureLoader.ScanAsync(source, settings, metadata, cancellationToken).ConfigureAwait(false);
        if (!source.HasContents)
        {
            return closure;
        }

        closure = await ClosureLoader.ProbeAsync(source, closure, settings, cancellationToken).ConfigureAwait(false);
        HashSet<StorePath> read = [];
        while (true)
        {
            // What is read whole may turn out to be the build side's, and then what refers to it is suspect as well.
            HashSet<StorePath> suspects = FindSuspects(ClosureAnalyzer.Analyze(closure, settings.AnalysisOptions, cancellationToken));
            suspects.ExceptWith(read);
            if (suspects.Count == 0)
            {
                return closure;
            }

            ScannedClosure unread = closure with { Paths = [.. closure.Paths.Select(path => suspects.Contains(path.Info.Path) ? path with { Scan = null } : path)] };
            closure = await ClosureLoader.ReadAsync(source, unread, suspects, settings, cancellationToken).ConfigureAwait(false);
            read.UnionWith(suspects);
        }
    }

    /// <summary>
    /// Paths of the host, or of no side, that refer to one that is the build side's or may be: the first program of a cross compiler can be
    /// the host's. Those that hold both, those with code at their start that does not tell their side, and those that are a finding already.
    /// </summary>
    private static HashSet<StorePath> FindSuspects(ClosureReport report)
    {
        HashSet<StorePath> foreign = [.. report.Paths.Where(path => path.Side is PathSide.Foreign or PathSide.Mixed).Select(path => path.Path)];
        return
        [
            .. report.Paths
                .Where(path => path.Side == PathSide.Mixed || (path.Side == PathSide.Neutral && !path.Platforms.IsEmpty) || (path.Side != PathSide.Foreign && path.References.Any(foreign.Contains)))
                .Select(path => path.Path),
            .. report.Findings.Select(finding => finding.From),
        ];
    }
}
