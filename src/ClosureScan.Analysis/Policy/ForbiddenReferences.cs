using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Policy;

/// <summary>Finds the edges that a policy's <c>forbid</c> entries are about.</summary>
internal sealed class ForbiddenReferences(LeakReport report)
{
    private readonly Lazy<ShortestPaths> _chains = new(() => ShortestPaths.FromRoots(report.Graph));
    private readonly Lazy<SingleEdits> _edits = new(() => SingleEdits.Compute(report.Graph, ClosureSizes.Compute(report.Graph).Dominators));

    public IEnumerable<Leak> Find(ForbidEntry entry)
    {
        ClosureGraph graph = report.Graph;
        bool[] isTarget = [.. graph.Paths.Select(entry.Target.IsMatch)];
        List<Leak> leaks = [];
        for (int to = 0; to < graph.NodeCount; to++)
        {
            if (!isTarget[to])
            {
                continue;
            }

            foreach (int from in graph.Predecessors(to))
            {
                if (from != to && !isTarget[from] && _chains.Value.IsReachable(from) && entry.Package?.IsMatch(graph.Paths[from]) != false)
                {
                    leaks.Add(Describe(entry, from, to));
                }
            }
        }

        return leaks;
    }

    private Leak Describe(ForbidEntry entry, int from, int to)
    {
        StorePath source = report.Graph.Paths[from];
        StorePath target = report.Graph.Paths[to];
        FoundReference? found = report.Closure.Paths[from].Scan?.References.FirstOrDefault(reference => reference.Target == target.Hash);
        EvidenceList evidence = found?.Evidence ?? [];
        ReferenceEvidence? first = evidence.FirstOrDefault();
        LeakEffect does = first is null ? LeakEffect.Bloats : EffectJudge.For(source).Judge(first);
        long freed = _edits.Value.FreedByEdge(report.Graph.FindEdge(from, to));
        long heldByAll = _edits.Value.FreedByNode(to);
        string together = freed == 0 && heldByAll > 0 ? $" Several references hold it; without all of them {SizeText.Format(heldByAll)} leave the closure." : "";
        return new Leak
        {
            Rule = LeakRule.ForbiddenReference,
            Effect = LeakEffect.Bloats,
            From = source,
            To = target,
            Evidence = evidence,
            FileCount = found?.FileCount ?? 0,
            Chain = [.. _chains.Value.Chain(from).Select(node => report.Graph.Paths[node]), target],
            AddedSize = freed,
            Fix = $"The policy forbids {entry.Target}: {entry.Reason}. {FixAdvisor.ForReference(first, does, new FixTarget(target, null, report.Paths[to].Side == PathSide.Foreign))}{together}",
            Key = LeakKey.For(LeakRule.ForbiddenReference, source, target),
        };
    }
}
