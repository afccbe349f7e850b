using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>Finds the edges that a policy's <c>forbid</c> entries are about. Costs a walk of the graph and a dominator tree.</summary>
internal sealed class ForbiddenEdges(ClosureReport report)
{
    private static readonly ForbiddenReferenceRule Rule = new();

    private readonly ClosureModel _model = report.Model;

    public IEnumerable<Finding> Find(ForbidEntry entry)
    {
        ClosureGraph graph = _model.Graph;
        bool[] isTarget = [.. graph.Paths.Select(entry.IsTarget)];
        List<Finding> findings = [];
        for (int to = 0; to < graph.NodeCount; to++)
        {
            if (!isTarget[to])
            {
                continue;
            }

            foreach (int from in graph.Predecessors(to))
            {
                if (from != to && !isTarget[from] && _model.Chains.IsReachable(from) && entry.Package?.IsMatch(graph.Paths[from]) != false)
                {
                    findings.Add(Describe(entry, from, to));
                }
            }
        }

        return findings;
    }

    private Finding Describe(ForbidEntry entry, int from, int to)
    {
        StorePath source = _model.Graph.Paths[from];
        StorePath target = _model.Graph.Paths[to];
        long freed = _model.Edits.FreedByEdge(_model.Graph.FindEdge(from, to));
        long heldByAll = _model.Edits.FreedByNode(to);
        string together = freed == 0 && heldByAll > 0 ? $" Several references hold it; without all of them {ByteText.Of(heldByAll)} leave the closure." : "";
        bool isForeign = report.Paths[to].Side == PathSide.Foreign;
        EffectJudge judge = new(source, TargetFiles.Of(_model.ScanOf(to)));
        FixTarget fix = new(target, null, isForeign);
        string name = PackageNames.Of(target);
        return new Finding
        {
            Rule = Rule.Id,
            From = source,
            To = target,
            Target = name,
            Chain = _model.ChainTo(from).Add(target),
            Occurrences = OccurrenceBuilder.Build(
                Rule, source, name, _model.FindReference(from, to)?.Evidence ?? [],
                item => isForeign ? judge.Judge(item) : Effect.Bloats,
                (item, _) => $"The policy forbids {entry}: {entry.Reason}. {FixAdvisor.ForReference(item, item is null ? Effect.Bloats : judge.Judge(item), fix)}{together}"),
            FreedBytes = freed,
        };
    }
}
