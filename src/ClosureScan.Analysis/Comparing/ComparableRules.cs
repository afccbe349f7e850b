using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Which findings two closures can be compared in: what one of them was not asked for is no difference.</summary>
internal sealed class ComparableRules
{
    private static readonly string[] DeepRules = [RuleIds.UndeclaredReference, RuleIds.HiddenReference, RuleIds.BuildPath];

    private readonly bool _withoutDeep;
    private readonly bool _withoutDemands;
    private readonly bool _withoutAny;

    public ComparableRules(ClosureSnapshot before, ClosureSnapshot after)
    {
        ImmutableArray<string>.Builder remarks = ImmutableArray.CreateBuilder<string>();
        _withoutAny = before.Depth != after.Depth && (before.Depth < ScanDepth.Contents || after.Depth < ScanDepth.Contents);
        _withoutDeep = !_withoutAny && before.Depth != after.Depth;
        _withoutDemands = before.IsJudged != after.IsJudged;
        if (_withoutAny)
        {
            remarks.Add("One of the closures was not read whole: their findings are not compared.");
        }

        if (_withoutDeep)
        {
            remarks.Add($"Only one of the closures was scanned with --deep: {string.Join(", ", DeepRules)} are not compared.");
        }

        if (_withoutDemands)
        {
            remarks.Add("Only one of the closures was judged by a policy: what it forbids and its budgets are not compared.");
        }

        Remarks = remarks.ToImmutable();
    }

    /// <summary>What is left out, a sentence each.</summary>
    public ImmutableArray<string> Remarks { get; }

    public bool Has(Occurrence occurrence) =>
        !_withoutAny
        && !(_withoutDeep && DeepRules.Contains(occurrence.Rule))
        && !(_withoutDemands && RuleSet.Default.TryFind(occurrence.Rule, out Rule? rule) && rule.IsDemand);
}
