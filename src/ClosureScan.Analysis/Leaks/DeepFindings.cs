using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// The findings of one path that only a deep scan makes: paths that its bytes name and nobody registered, references where Nix does
/// not look, and directories that were there while it was built.
/// </summary>
internal sealed class DeepFindings(string storeDirectory, SidedClosure sided, LegitimateCode legitimate, int node)
{
    private readonly StorePath _path = sided.Graph.Paths[node];

    public IEnumerable<Leak> Find(PathScan scan)
    {
        EffectJudge judge = EffectJudge.For(_path);
        foreach (FoundReference found in scan.Undeclared)
        {
            if (StorePath.TryParseBaseName(storeDirectory, $"{found.Target}-{found.Name}", out StorePath? target))
            {
                LeakEffect effect = found.Evidence.IsEmpty ? LeakEffect.Bloats : found.Evidence.Max(judge.Judge);
                yield return Describe(LeakRule.UndeclaredReference, effect, target, found.Evidence, found.FileCount, FixAdvisor.Undeclared, LeakKey.For(LeakRule.UndeclaredReference, _path, target));
            }
        }

        foreach (FoundReference found in scan.Hidden)
        {
            // What is registered as well keeps its target alive; the reference in the open is then the one to judge.
            if (TargetOf(found.Target) is { } target && target != node && sided.Graph.FindEdge(node, target) < 0)
            {
                StorePath to = sided.Graph.Paths[target];
                yield return Describe(LeakRule.HiddenReference, LeakEffect.Bloats, to, found.Evidence, found.FileCount, FixAdvisor.Hidden, LeakKey.For(LeakRule.HiddenReference, _path, to));
            }
        }

        if (scan.Scrubbed.Count > 0)
        {
            Leak scrubbed = Describe(LeakRule.UndeclaredReference, scan.Scrubbed, FixAdvisor.Scrubbed, "scrubbed");
            if (!legitimate.Takes(LegitimateKind.ScrubbedReference, scrubbed))
            {
                yield return scrubbed;
            }
        }

        if (scan.BuildPaths.Count > 0)
        {
            yield return Describe(LeakRule.BuildPath, scan.BuildPaths, FixAdvisor.BuildPath, "build");
        }
    }

    // A text that names no path: the finding is about its holder alone.
    private Leak Describe(LeakRule rule, FoundText found, string fix, string key) =>
        Describe(rule, LeakEffect.Bloats, _path, found.Evidence, found.FileCount, fix, LeakKey.For(rule, _path, key));

    private int? TargetOf(StorePathHash hash)
    {
        for (int other = 0; other < sided.Graph.NodeCount; other++)
        {
            if (sided.Graph.Paths[other].Hash == hash)
            {
                return other;
            }
        }

        return null;
    }

    private Leak Describe(
        LeakRule rule, LeakEffect effect, StorePath to, EvidenceList evidence, long fileCount, string fix, string key) => new()
        {
            Rule = rule,
            Effect = effect,
            From = _path,
            To = to,
            Evidence = evidence,
            FileCount = fileCount,
            Chain = sided.ChainTo(node),
            AddedSize = 0,
            Fix = fix,
            Key = key,
        };
}
