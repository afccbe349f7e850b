using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// One file's share in a finding. Policies and baselines speak of files: a new file on a known edge is new, and a file that is
/// accepted says nothing about the next one.
/// </summary>
/// <param name="Leak">The finding.</param>
/// <param name="File">The file; null when the evidence names none.</param>
/// <param name="Evidence">What that file holds; empty when the evidence names none.</param>
/// <param name="FileCount">1, or for the files beyond the evidence, how many.</param>
internal sealed record LeakPart(Leak Leak, string? File, EvidenceList Evidence, long FileCount)
{
    /// <summary>The rule this file would be found under by itself.</summary>
    public LeakRule Rule { get; } = RuleOf(Leak, Evidence);

    /// <summary>What this file would do by itself.</summary>
    public LeakEffect Effect { get; } = IsReference(Leak.Rule) && !Evidence.IsEmpty ? Evidence.Max(EffectJudge.For(Leak.From).Judge) : Leak.Effect;

    /// <summary>What identifies it across rebuilds. Made anew on every call: keep it.</summary>
    public BaselineKey Key => File is null && FileCount > 0
        ? BaselineKey.ForUnnamed(Leak, Rule)
        : BaselineKey.For(Leak, Rule, File);

    /// <summary>In how many places it is, as a baseline counts.</summary>
    public long Places => Math.Max(FileCount, 1);

    /// <summary>The shares of all files of a finding, in the order of its evidence, and at last those that it does not name.</summary>
    public static ImmutableArray<LeakPart> Split(Leak leak)
    {
        ImmutableArray<LeakPart>.Builder parts = ImmutableArray.CreateBuilder<LeakPart>();
        foreach (IGrouping<string, ReferenceEvidence> file in leak.Evidence.GroupBy(evidence => evidence.File))
        {
            parts.Add(new LeakPart(leak, file.Key, [.. file], 1));
        }

        long unnamed = leak.FileCount - parts.Count;
        if (unnamed > 0 || parts.Count == 0)
        {
            parts.Add(new LeakPart(leak, null, [], Math.Max(unnamed, 0)));
        }

        return parts.DrainToImmutable();
    }

    /// <summary>The finding that is left of <paramref name="parts"/>; the finding itself when they are all of it.</summary>
    public static Leak Join(IReadOnlyList<LeakPart> parts, int outOf)
    {
        Leak leak = parts[0].Leak;
        if (parts.Count == outOf)
        {
            return leak;
        }

        EvidenceList evidence = [.. parts.SelectMany(part => part.Evidence)];
        LeakRule rule = parts.Min(part => part.Rule);
        return leak with
        {
            Rule = rule,
            Key = rule == leak.Rule ? leak.Key : rule.ToName() + leak.Key[leak.Key.IndexOf(':', StringComparison.Ordinal)..],
            Effect = parts.Max(part => part.Effect),
            Evidence = evidence,
            FileCount = parts.Sum(part => part.FileCount),
        };
    }

    private static bool IsReference(LeakRule rule) => rule is LeakRule.ForeignInterpreter or LeakRule.ForeignReference;

    private static LeakRule RuleOf(Leak leak, EvidenceList evidence)
    {
        if (!IsReference(leak.Rule) || evidence.IsEmpty)
        {
            return leak.Rule;
        }

        return evidence.Any(item => item.Mechanism is Mechanism.Shebang or Mechanism.ElfInterpreter)
            ? LeakRule.ForeignInterpreter
            : LeakRule.ForeignReference;
    }
}
