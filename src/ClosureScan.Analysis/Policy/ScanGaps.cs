using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>Tells why a scan does not cover its closure. A gate that passed over any of it would pass by accident.</summary>
internal static class ScanGaps
{
    public static ImmutableArray<string> Find(ClosureReport report)
    {
        ImmutableArray<string>.Builder gaps = ImmutableArray.CreateBuilder<string>();
        gaps.AddRange(report.Closure.Problems.Select(problem => problem.ToString()));

        foreach (ScannedPath path in report.Closure.Paths)
        {
            if (path.Scan is null)
            {
                gaps.Add($"{path.Info.Path}: its bytes were not read, so nothing is known of its files");
            }
            else
            {
                gaps.AddRange(path.Scan.Problems.Except(report.Closure.Problems).Select(problem => problem.ToString()));
            }
        }

        gaps.AddRange(report.Graph.MissingReferences.Select(missing => $"{missing.To}: it is referred to and not in the closure"));
        return gaps.ToImmutable();
    }

    /// <summary>Whether not even one path was read, and nothing went wrong: what could not be read is a gap.</summary>
    public static bool IsEmpty(ClosureReport report) =>
        report.Roots.IsEmpty || (report.Closure.IsComplete && report.Closure.Paths.All(path => path.Scan is null));
}
