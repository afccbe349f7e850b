using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// A report judged by a policy: what fails, what is only shown, what is accepted and why. Nothing is dropped: every occurrence of the
/// report, and every one the policy adds, is in <see cref="Report"/> with its status. Immutable.
/// </summary>
public sealed record PolicyVerdict
{
    /// <summary>What was judged, with the statuses.</summary>
    public required ClosureReport Report { get; init; }

    /// <summary>By what.</summary>
    public required ClosurePolicy Policy { get; init; }

    /// <summary>What came of it.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>The <c>allow</c> entries that expired, match nothing or are not needed, in the order of the policy.</summary>
    internal ImmutableArray<StaleEntry> Stale { get; init; } = [];

    /// <summary>What the policy's author should know beside that.</summary>
    public ImmutableArray<PolicyWarning> Warnings { get; init; } = [];

    /// <summary>Why a strict check fails where another would not, one sentence each; empty when it was not asked to be strict.</summary>
    public ImmutableArray<string> StrictReasons { get; init; } = [];

    /// <summary>Every budget with every root it is about.</summary>
    internal ImmutableArray<BudgetResult> Budgets { get; init; } = [];

    /// <summary>Why the scan does not cover the closure, one sentence each; empty when it does.</summary>
    public required ImmutableArray<string> Gaps { get; init; }

    /// <summary>What became of the baseline; null without one.</summary>
    internal OccurrenceComparison? Comparison { get; init; }

    /// <summary>What the baseline has and the closure has not, or in fewer places: mended occurrences. Empty without a baseline.</summary>
    public ImmutableArray<BaselineEntry> Gone => Comparison?.Gone ?? [];

    /// <summary>The closure sizes of the baseline that was compared with; empty without one.</summary>
    internal ImmutableSortedDictionary<string, long> SizesBefore { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What mending gave back: the roots whose closure is smaller than in the baseline, while something of the baseline is gone.</summary>
    internal IEnumerable<SizeChange> GivenBack => Gone.IsEmpty ? [] :
        from size in ClosureSizes()
        where SizesBefore.TryGetValue(size.Key, out long before) && before > size.Value
        select new SizeChange(size.Key, SizesBefore[size.Key], size.Value);

    /// <summary>What the policy does not accept, worst first: what fails, what is known and what is only shown.</summary>
    public IEnumerable<Finding> Open => Select(occurrence => occurrence.Status.IsOpen);

    /// <summary>What fails the check, worst first: each finding with its failing occurrences alone.</summary>
    public IEnumerable<Finding> Failing => Select(Fails);

    /// <summary>What is neither accepted nor known nor fails.</summary>
    public IEnumerable<Finding> Warned => Select(occurrence => occurrence.Status.State == OccurrenceState.New && !Fails(occurrence));

    /// <summary>What the baseline has.</summary>
    public IEnumerable<Finding> Known => Select(occurrence => occurrence.Status.State == OccurrenceState.Known);

    /// <summary>What the policy accepts.</summary>
    public IEnumerable<Finding> Accepted => Select(occurrence => !occurrence.Status.IsOpen);

    /// <summary>Whether an occurrence fails the check: it is new, an error, and its effect is one that the policy fails on, or it breaks a demand of the policy itself.</summary>
    public bool Fails(Occurrence occurrence)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        return occurrence.Status.State == OccurrenceState.New
            && occurrence.Severity == Severity.Error
            && (Policy.FailOn.IsReachedBy(occurrence.Effect) || (Report.Rules.TryFind(occurrence.Rule, out Rule? rule) && rule.IsDemand));
    }

    /// <summary>The baseline that would make this verdict pass: the open occurrences and the closure sizes of the roots.</summary>
    public Baseline ToBaseline() => new(Baseline.EntriesOf(Report.Findings, occurrence => occurrence.Status.IsOpen), ClosureSizes());

    /// <summary>What is left of the baseline that was compared with: nothing is added, and no size raised.</summary>
    /// <param name="before">That baseline.</param>
    internal Baseline Prune(Baseline before)
    {
        ArgumentNullException.ThrowIfNull(before);
        Dictionary<string, long> sizes = new(ClosureSizes(), StringComparer.Ordinal);
        return new Baseline(
            Comparison?.Kept() ?? [],
            before.ClosureSizes.Select(size => KeyValuePair.Create(size.Key, Math.Min(size.Value, sizes.GetValueOrDefault(size.Key, long.MaxValue)))));
    }

    private IEnumerable<KeyValuePair<string, long>> ClosureSizes() => Report.Paths
        .Where(path => Report.Roots.Contains(path.Path))
        .GroupBy(path => PackageNames.Of(path.Path))
        .Select(group => KeyValuePair.Create(group.Key, group.Max(path => path.ClosureSize)));

    private IEnumerable<Finding> Select(Func<Occurrence, bool> isMeant) => Report.Findings.Select(finding => finding.Where(isMeant)).OfType<Finding>();
}
