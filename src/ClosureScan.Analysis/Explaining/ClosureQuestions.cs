using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What is asked of a closure that was analysed, scanned or read from a saved report: why it has a path, the fewest edits, what edits would change.</summary>
public static class ClosureQuestions
{
    /// <summary>A shortest chain from a root to a path, reference by reference, with the bytes that hold each. Empty for a root. O(n + e).</summary>
    /// <param name="report">The closure.</param>
    /// <param name="target">The path asked about.</param>
    /// <exception cref="ArgumentException">The path is not in the closure.</exception>
    public static ImmutableArray<ExplainedReference> Why(this ClosureReport report, StorePath target)
    {
        ArgumentNullException.ThrowIfNull(report);
        return WhyPlan.Create(report.Graph, [target], WhyScope.Shortest, limit: 1).Explain(report).Chains is [var chain, ..] ? chain.References : [];
    }

    /// <summary>The fewest edits that end every finding; what they do not end is told (<see cref="ClosureCut.Left"/>). One minimum cut, made when it is asked for first.</summary>
    public static ClosureCut Cut(this ClosureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Once(static report => CutFinder.ForFindings(report));
    }

    /// <summary>The fewest edits that free the closure of some paths. One minimum cut.</summary>
    /// <param name="report">The closure.</param>
    /// <param name="targets">The paths to be rid of.</param>
    /// <exception cref="ArgumentException">A path is not in the closure.</exception>
    public static ClosureCut Cut(this ClosureReport report, IEnumerable<StorePath> targets) => CutFinder.ForTargets(report, targets);

    /// <summary>What a native closure has that only serves builds, and could do without: the largest first, by what leaves with it.</summary>
    internal static ImmutableArray<AnalyzedPath> Avoidable(this ClosureReport report)
    {
        HashSet<StorePath> tools = [.. report.Findings.Where(finding => finding.Rule == RuleIds.BuildTool && finding.Severity == Severity.Note).Select(finding => finding.To!)];
        return tools.Count == 0 ? [] : [.. report.Paths.Where(path => tools.Contains(path.Path)).OrderByDescending(path => path.AddedSize).ThenBy(path => path.Path)];
    }

    /// <summary>What the closure would be after some edits, each of which may be anybody's wish. One walk of the closure.</summary>
    /// <param name="report">The closure.</param>
    /// <param name="edits">The edits, made together.</param>
    public static WhatIfReport WhatIf(this ClosureReport report, params IEnumerable<ProposedEdit> edits) => EditTrial.Run(report, edits);
}
