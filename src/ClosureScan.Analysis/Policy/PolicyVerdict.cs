using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// A report judged by a policy: what fails, what is only shown, what is accepted and why. Nothing is dropped: every finding
/// of the report, and every one the policy adds, is in <see cref="Findings"/> or <see cref="Suppressed"/>. Immutable.
/// </summary>
public sealed record PolicyVerdict
{
    /// <summary>What was judged.</summary>
    public required LeakReport Report { get; init; }

    /// <summary>By what.</summary>
    public required ClosurePolicy Policy { get; init; }

    /// <summary>What came of it.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>The findings that the policy does not accept: those that fail first, each group worst first.</summary>
    public required ImmutableArray<JudgedLeak> Findings { get; init; }

    /// <summary>The findings that the policy accepts, worst first.</summary>
    public required ImmutableArray<SuppressedLeak> Suppressed { get; init; }

    /// <summary>The <c>allow</c> entries that expired or match nothing, in the order of the policy.</summary>
    public required ImmutableArray<StaleEntry> Stale { get; init; }

    /// <summary>Every budget with every root it is about.</summary>
    public required ImmutableArray<BudgetResult> Budgets { get; init; }

    /// <summary>Why the scan does not cover the closure, one sentence each; empty when it does.</summary>
    public required ImmutableArray<string> Gaps { get; init; }

    /// <summary>The findings that a baseline written now would hold: <see cref="Findings"/>, file by file, sorted, with the number of places of each.</summary>
    public required ImmutableArray<BaselineEntry> Entries { get; init; }

    /// <summary>What the baseline has and the closure has not, or in fewer places: mended findings. Empty without a baseline.</summary>
    public required ImmutableArray<BaselineEntry> Gone { get; init; }

    /// <summary>What the baseline knows in fewer places than the closure has. Empty without a baseline.</summary>
    public required ImmutableArray<GrownEntry> Grown { get; init; }

    /// <summary>The findings that fail the check.</summary>
    public IEnumerable<JudgedLeak> Failing => Findings.Where(finding => finding.Fails);

    /// <summary>The baseline that would make this verdict pass: the findings and the closure sizes of the roots.</summary>
    public Baseline ToBaseline() => new(Entries, Report.Paths
        .Where(path => Report.Roots.Contains(path.Path))
        .GroupBy(path => LeakKey.Name(path.Path))
        .Select(group => KeyValuePair.Create(group.Key, group.Max(path => path.ClosureSize))));
}
