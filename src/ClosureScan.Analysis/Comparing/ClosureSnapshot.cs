using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>A closure at one point of time, as far as a comparison needs it: from a scan, or from a report that was saved. Immutable.</summary>
internal sealed record ClosureSnapshot
{
    private readonly Dictionary<StorePath, PathScan> _scans = [];

    /// <summary>The closure.</summary>
    public required ClosureGraph Graph { get; init; }

    /// <summary>Its findings by what they drag in.</summary>
    public required ImmutableArray<FindingGroup> Groups { get; init; }

    /// <summary>The findings of all groups, in their order.</summary>
    public IEnumerable<Finding> Findings => Groups.SelectMany(group => group.Findings);

    /// <summary>How deep the closure was looked into.</summary>
    public required ScanDepth Depth { get; init; }

    /// <summary>Whether a policy judged it, and may have added demands of its own.</summary>
    public required bool IsJudged { get; init; }

    /// <summary>Where it is to run, and what tells.</summary>
    public required InferredHost Host { get; init; }

    /// <summary>What made the scan incomplete.</summary>
    public required ImmutableArray<ScanProblem> Problems { get; init; }

    /// <summary>The snapshot of an analysed closure.</summary>
    public static ClosureSnapshot Of(ClosureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ClosureSnapshot snapshot = new() { Graph = report.Graph, Host = report.HostFrom, Groups = report.Groups, Problems = report.Closure.Problems, Depth = report.Closure.Depth, IsJudged = report.PolicyFile is not null };
        foreach (ScannedPath path in report.Closure.Paths)
        {
            if (path.Scan is { } scan)
            {
                snapshot._scans.Add(path.Info.Path, scan);
            }
        }

        return snapshot;
    }

    /// <summary>The bytes that hold a reference; empty when they are not known. A saved report knows those of its findings.</summary>
    public EvidenceList FindEvidence(StorePath from, StorePath to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return _scans.GetValueOrDefault(from)?.FindReference(to.Hash)?.Evidence
            ?? [.. Findings.Where(finding => finding.From.Equals(from) && to.Equals(finding.To)).SelectMany(finding => finding.Evidence)];
    }
}
