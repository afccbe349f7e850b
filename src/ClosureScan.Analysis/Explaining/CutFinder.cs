using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// Finds the fewest edits that free a closure of some paths. An edit takes one reference out of one file; the least number of
/// them is a minimum cut whose edges weigh the files that hold them.
/// </summary>
/// <remarks>
/// Some references are spared. What the host is to have is wanted: no edit removes a reference to a path of the host or to a mixed one,
/// or to a path without a platform that leads to one of those. So whatever the roots reach without leaving the host's side, they
/// reach after the edits. And nobody edits a build tool to be rid of it: references out of foreign paths stay.
/// <para>
/// A path that is asked about by name is wanted no more, so references to it may go, but those that the loader needs to start a
/// program (DT_NEEDED, DT_RUNPATH, PT_INTERP) when it belongs to the host. Where no cut keeps to that, the cut is forced: every
/// reference may go. Of the cuts with equally many edits it is the one nearest to the targets, which takes least else along.
/// </para>
/// </remarks>
public static class CutFinder
{
    /// <summary>The edits that free the closure of every path of the build side that a finding leads to. There always are some.</summary>
    public static ClosureCut ForLeaks(LeakReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Find(report, report.Leaks.Where(leak => leak.Rule is LeakRule.ForeignInterpreter or LeakRule.ForeignReference).Select(leak => leak.To));
    }

    /// <summary>The edits that free the closure of <paramref name="targets"/>.</summary>
    /// <exception cref="ArgumentException">A target is not in the closure.</exception>
    public static ClosureCut ForTargets(LeakReport report, IEnumerable<StorePath> targets)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(targets);
        return Find(report, targets);
    }

    private static ClosureCut Find(LeakReport report, IEnumerable<StorePath> targets)
    {
        ClosureGraph graph = report.Graph;
        SortedSet<int> nodes = [];
        foreach (StorePath target in targets)
        {
            nodes.Add(graph.TryGetNode(target, out int node) ? node : throw new ArgumentException($"{target} is not in the closure.", nameof(targets)));
        }

        int[] sorted = [.. nodes];
        CutWeights weights = new(report);
        bool[] isTarget = new bool[graph.NodeCount];
        Array.ForEach(sorted, node => isTarget[node] = true);
        MinimumCut cut = MinimumCut.Find(graph, sorted, weights.Strict(isTarget), CutPreference.FreeLeast);
        bool forced = !cut.IsPossible;
        if (forced)
        {
            cut = MinimumCut.Find(graph, sorted, weights.Relaxed(), CutPreference.FreeLeast);
        }

        return new ClosureCut
        {
            Targets = [.. sorted.Select(node => graph.Paths[node])],
            Edits = Describe(report, weights, cut),
            UncuttableChain = [.. cut.UncuttableChain.Select(node => graph.Paths[node])],
            IsForced = forced && cut.IsPossible,
            Freed = [.. Enumerable.Range(0, graph.NodeCount).Where(cut.Outcome.IsFreed).Select(node => graph.Paths[node])],
            FreedBytes = cut.Outcome.FreedBytes,
            ClosureSizeAfter = cut.Outcome.ClosureSize,
            ClosureCountAfter = cut.Outcome.ClosureCount,
        };
    }

    private static ImmutableArray<ClosureEdit> Describe(LeakReport report, CutWeights weights, MinimumCut cut)
    {
        ClosureGraph graph = report.Graph;
        SingleEdits single = SingleEdits.Compute(graph, DominatorTree.Compute(graph));
        ILookup<(StorePath, StorePath), Leak> leaks = report.Leaks.ToLookup(leak => (leak.From, leak.To));
        return
        [
            .. cut.Edges.Select(edge =>
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
                    FreedAlone = single.FreedByEdge(edge),
                    Fix = leaks[(from, to)].FirstOrDefault()?.Fix,
                };
            }).OrderByDescending(edit => edit.FreedAlone),
        ];
    }
}
