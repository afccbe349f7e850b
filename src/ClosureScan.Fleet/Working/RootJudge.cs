using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Fleet.Working;

/// <summary>Judges the closure of a root by what was scanned of its NARs, as a scan of that root alone would.</summary>
internal static class RootJudge
{
    /// <summary>Judges.</summary>
    /// <param name="root">The root's number.</param>
    /// <param name="host">What it is judged for; empty where it tells itself.</param>
    /// <param name="paths">Its closure.</param>
    /// <param name="storeDirectory">Where the paths' store is.</param>
    /// <param name="depth">How much of them was scanned.</param>
    /// <param name="facts">Facts that were read already: closures share most paths.</param>
    /// <param name="cancellationToken">Ends the judging.</param>
    public static RootResult Judge(long root, string host, List<StoredPath> paths, string storeDirectory, ScanDepth depth, Dictionary<StorePath, PathScan?> facts, CancellationToken cancellationToken)
    {
        paths.Sort((left, right) => left.Info.Path.CompareTo(right.Info.Path));
        StorePath rootPath = paths.First(path => PathId.Of(path.Info.Path) == root).Info.Path;
        ImmutableArray<ScannedPath> scanned = [.. paths.Where(path => path.Info.NarHash is not null).Select(path => new ScannedPath(path.Info, Scan(path)))];
        ImmutableArray<ScanProblem> problems = [.. paths.Where(path => path.State != ItemState.Done).Select(path => new ScanProblem(path.Info.Path.ToString(), path.Message ?? "it was not scanned"))];
        if (scanned.All(path => !path.Info.Path.Equals(rootPath)))
        {
            return new RootResult(root, host) { FoundHost = null, Problem = $"{rootPath}: no cache has it", PathCount = 0, ClosureSize = 0, Occurrences = [] };
        }

        ScannedClosure closure = new() { StoreDirectory = storeDirectory, Depth = depth, Roots = [rootPath], Paths = scanned, Problems = problems };
        ClosureReport report = ClosureAnalyzer.Analyze(closure, new AnalysisOptions { Host = host.Length > 0 && Platform.TryParse(host, out Platform? platform) ? platform : null }, cancellationToken);
        return new RootResult(root, host)
        {
            FoundHost = report.Host?.System,
            Problem = problems.Select(problem => problem.ToString()).FirstOrDefault(),
            PathCount = scanned.Length,
            ClosureSize = report.ClosureSize,
            Occurrences = [.. report.Findings.SelectMany(Rows)],
        };

        PathScan? Scan(StoredPath path)
        {
            if (path.Facts is null)
            {
                return null;
            }

            if (!facts.TryGetValue(path.Info.Path, out PathScan? scan))
            {
                facts.Add(path.Info.Path, scan = FactsBlob.Read(path.Facts));
            }

            return scan;
        }
    }

    private static IEnumerable<OccurrenceRow> Rows(Finding finding)
    {
        long number = PathId.Of(finding.Rule, finding.From.BaseName, finding.To?.BaseName, finding.Target);
        return finding.Occurrences.Select((occurrence, index) => new OccurrenceRow(
            number,
            index,
            occurrence.Key.ToString(),
            occurrence.Rule,
            occurrence.Effect.ToName(),
            occurrence.Severity.ToName(),
            PathId.Of(finding.From),
            finding.To is null ? null : PathId.Of(finding.To),
            PackageNames.Of(finding.From),
            finding.Target,
            occurrence.Mechanism?.ToName(),
            occurrence.File,
            occurrence.Count,
            finding.FreedBytes,
            occurrence.Fix));
    }
}
