using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// Finds the fewest edits that free a closure of some paths. An edit takes one reference out of one file; the least number of
/// them is a minimum cut whose edges weigh the files that hold them.
/// </summary>
/// <remarks>
/// Some references are spared. Nobody edits a build tool to be rid of it: references out of foreign paths stay. So do those that are
/// accepted: foreign code that is right where it is (<see cref="ClosureReport.LetThrough"/>), and what the caller's policy allows.
/// <para>
/// What the host is to have is wanted. The cut of the leaks takes nothing of the host's side but references to the build side: whatever
/// the roots reach without leaving the host's side, they reach after the edits, paths without a platform included, which are its
/// scripts, units and settings. A path that is asked about by name may take along such paths as lead to nothing of the host, when that
/// makes fewer edits; paths of the host, mixed ones and what leads to them are wanted still.
/// </para>
/// <para>
/// A path that is asked about by name is wanted no more, so references to it may go, but those that the loader needs to start a
/// program (DT_NEEDED, DT_RUNPATH, PT_INTERP) when it belongs to the host. Where no cut keeps to that, the cut is forced: every
/// reference that is not accepted may go. Of the cuts with equally many edits it is the one nearest to the targets, which frees least
/// beside them: the most would be freed by cutting at the roots, together with all that is wanted.
/// </para>
/// </remarks>
internal static class CutFinder
{
    /// <summary>More than anybody works off before the next scan.</summary>
    private const int BestKept = 20;

    /// <summary>
    /// The edits that end every open finding: they free the closure of every path of the build side that a finding leads to, but for those that an
    /// accepted reference holds (<see cref="ClosureCut.Kept"/>), remove what a policy forbids, and mend the files that are wrong themselves.
    /// What they do not end is told (<see cref="ClosureCut.Left"/>).
    /// </summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="accepted">Findings that are to stay.</param>
    public static ClosureCut ForFindings(ClosureReport report, IEnumerable<Finding>? accepted = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        Finding[] kept = [.. accepted ?? []];
        CutWeights weights = new(report, kept);
        ClosureGraph graph = report.Graph;
        SortedSet<int> targets = [];
        foreach (Finding leak in report.Findings)
        {
            if (leak.Rule is RuleIds.ForeignInterpreter or RuleIds.ForeignReference && graph.TryGetNode(leak.To!, out int node))
            {
                targets.Add(node);
            }
        }

        int[] strict = weights.ForFindings();
        bool[] held = HeldBy(graph, strict);
        int[] free = [.. targets.Where(node => !held[node])];
        MinimumCut cut = MinimumCut.Find(graph, free, strict, CutPreference.FreeLeast);
        FindingEdits ends = new(report, kept, weights, cut);
        ClosureCut described = Describe(report, weights, free, cut, ends.Edges, ends.Outcome, node => report.Paths[node].Side == PathSide.Foreign);
        return described with
        {
            Kept = [.. targets.Where(node => held[node]).Select(node => graph.Paths[node])],
            Edits = [.. described.Edits.Select(ends.WithFix), .. ends.Files],
            Left = ends.Left,
        };
    }

    /// <summary>The edits that free the closure of <paramref name="targets"/>.</summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="targets">The paths to be rid of.</param>
    /// <param name="accepted">Findings that are to stay.</param>
    /// <exception cref="ArgumentException">A target is not in the closure.</exception>
    public static ClosureCut ForTargets(ClosureReport report, IEnumerable<StorePath> targets, IEnumerable<Finding>? accepted = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(targets);
        ClosureGraph graph = report.Graph;
        SortedSet<int> nodes = [];
        foreach (StorePath target in targets)
        {
            nodes.Add(graph.TryGetNode(target, out int node) ? node : throw new ArgumentException($"{target} is not in the closure.", nameof(targets)));
        }

        int[] sorted = [.. nodes];
        CutWeights weights = new(report, accepted ?? []);
        MinimumCut cut = MinimumCut.Find(graph, sorted, weights.ForTargets(sorted), CutPreference.FreeLeast);
        bool isForced = !cut.IsPossible;
        cut = isForced ? MinimumCut.Find(graph, sorted, weights.Forced(), CutPreference.FreeLeast) : cut;
        int[] distances = Reachability.DistancesTo(graph, sorted);
        return Describe(report, weights, sorted, cut, cut.Edges, cut.Outcome, node => distances[node] >= 0) with { IsForced = isForced && cut.IsPossible };
    }

    /// <summary>What the roots reach over uncuttable references alone.</summary>
    private static bool[] HeldBy(ClosureGraph graph, int[] weights) =>
        Reachability.From(graph, graph.Roots, new bool[graph.NodeCount], Array.ConvertAll(weights, weight => weight != MinimumCut.Uncuttable));

    private static ClosureCut Describe(
        ClosureReport report, CutWeights weights, int[] targets, MinimumCut cut, ImmutableArray<int> edges, WhatIf outcome, Func<int, bool> isAskedAbout)
    {
        ClosureGraph graph = report.Graph;
        SingleEdits single = report.Model.Edits;
        return new ClosureCut
        {
            Targets = [.. targets.Select(node => graph.Paths[node])],
            Edits = Describe(report, weights, edges),
            UncuttableChain = [.. cut.UncuttableChain.Select(node => graph.Paths[node])],
            IsForced = false,
            Freed = [.. Enumerable.Range(0, graph.NodeCount).Where(outcome.IsFreed).Select(node => graph.Paths[node])],
            FreedBytes = outcome.FreedBytes,
            ClosureSizeAfter = outcome.ClosureSize,
            ClosureCountAfter = outcome.ClosureCount,
            BestPaths = [.. single.BestNodes(BestKept, isAskedAbout).Select(node => (graph.Paths[node], single.FreedByNode(node)))],
            BestReferences =
            [
                .. single.BestEdges(BestKept, edge => isAskedAbout(graph.EdgeTarget(edge)))
                    .Select(edge => (graph.Paths[graph.EdgeSource(edge)], graph.Paths[graph.EdgeTarget(edge)], single.FreedByEdge(edge))),
            ],
        };
    }

    private static ImmutableArray<ClosureEdit> Describe(ClosureReport report, CutWeights weights, ImmutableArray<int> edges)
    {
        ClosureGraph graph = report.Graph;
        ILookup<(StorePath, StorePath?), Finding> findings = report.Findings.ToLookup(finding => (finding.From, finding.To));
        return
        [
            .. edges.Select(edge =>
            {
                StorePath from = graph.Paths[graph.EdgeSource(edge)];
                StorePath to = graph.Paths[graph.EdgeTarget(edge)];
                FoundReference? found = weights.Found(edge);
                return new ClosureEdit
                {
                    From = from,
                    To = to,
                    Files = [.. (found?.Evidence ?? []).Select(item => item.File).Distinct()],
                    FileCount = weights.FileCount(edge),
                    Evidence = found?.Evidence ?? [],
                    FreedAlone = report.Model.Edits.FreedByEdge(edge),
                    Fix = findings[(from, to)].FirstOrDefault()?.Fix,
                };
            }).OrderByDescending(edit => edit.FreedAlone),
        ];
    }
}
