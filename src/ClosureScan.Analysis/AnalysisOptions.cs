using System.Collections.Frozen;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Rules;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis;

/// <summary>What the analysis is told beside the closure.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Everything inferred.</summary>
    public static AnalysisOptions Default { get; } = new();

    /// <summary>Where the closure is to run; inferred when null.</summary>
    public Platform? Host { get; init; }

    /// <summary>Where it was built; inferred when null: the foreign platform with most files.</summary>
    public Platform? Build { get; init; }

    /// <summary>The kinds of foreign code that are no findings. All of them: the directories and outputs are those that other checkers leave out, too.</summary>
    public FrozenSet<LegitimateKind> Legitimate { get; init; } = LegitimateKinds.Catalogue;

    /// <summary>The rules to look for.</summary>
    public RuleSet Rules { get; init; } = RuleSet.Default;
}
