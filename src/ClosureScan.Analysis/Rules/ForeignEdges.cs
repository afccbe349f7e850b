using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Rules;

/// <summary>
/// The edges on which the closure leaves the host's side. What lies behind such an edge is its cost, not a finding of its own. Files that
/// start through the build side, with all that they hold of it, are of one rule, and all others of another.
/// </summary>
internal static class ForeignEdges
{
    public static IEnumerable<Finding> Find(RuleContext context, Rule rule, bool starts, CancellationToken cancellationToken)
    {
        foreach (int node in context.Region)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int successor in context.Graph.Successors(node).ToArray())
            {
                if (context.SideOf(successor) == PathSide.Foreign && Describe(context, rule, starts, node, successor) is { } finding
                    && !context.Legitimate.Takes(node, finding))
                {
                    yield return finding;
                }
            }
        }
    }

    private static Finding? Describe(RuleContext context, Rule rule, bool starts, int from, int to)
    {
        StorePath source = context.Graph.Paths[from];
        StorePath target = context.Graph.Paths[to];
        FoundReference? found = context.Model.FindReference(from, to);
        HashSet<string>? starters = null;
        foreach (ReferenceEvidence item in found?.Evidence ?? [])
        {
            if (item.Mechanism is Mechanism.Shebang or Mechanism.ElfInterpreter)
            {
                (starters ??= new(StringComparer.Ordinal)).Add(item.File);
            }
        }

        ReferenceEvidence[] evidence = [.. (found?.Evidence ?? []).Where(item => starters?.Contains(item.File) == true == starts)];
        if (evidence.Length == 0 && (starts || found is not null && !found.Evidence.IsEmpty))
        {
            return null;
        }

        EffectJudge judge = context.JudgeOf(from, to);
        FixTarget fix = new(target, context.TwinOf(target), IsOfBuild: true, context.Witness.Sentence(source, target));
        Dictionary<string, string> carriers = ForeignFiles(context, from);
        return context.Describe(rule, from, target, evidence, judge.Judge, (item, effect) =>
            item is not null && carriers.TryGetValue(item.File, out string? platform)
                ? FixAdvisor.ForCarrier(platform)
                : FixAdvisor.ForReference(item, effect, fix));
    }

    /// <summary>The files of a path that are built for another platform, with that platform: what they hold goes away with them.</summary>
    private static Dictionary<string, string> ForeignFiles(RuleContext context, int node) =>
        context.Sided.Code[node].Files.Where(file => file.Kind is null && file.File.Member is null).ToDictionary(file => file.File.File, file => file.Platform, StringComparer.Ordinal);
}
