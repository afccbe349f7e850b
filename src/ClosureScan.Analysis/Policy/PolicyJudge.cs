using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;

namespace ClosureScan.Analysis.Policy;

/// <summary>Judges a report by a policy: gives every occurrence its severity and its status.</summary>
public sealed class PolicyJudge
{
    private readonly ClosurePolicy _policy;
    private readonly PolicyOptions _options;
    private readonly AllowList _allow;

    private PolicyJudge(ClosurePolicy policy, PolicyOptions options)
    {
        _policy = policy;
        _options = options;
        _allow = new AllowList(policy, Today);
    }

    /// <summary>Judges <paramref name="report"/>. Equal inputs on the same day give equal verdicts.</summary>
    public static PolicyVerdict Judge(ClosureReport report, ClosurePolicy policy, PolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyJudge(policy, options ?? PolicyOptions.Default).Judge(report);
    }

    private PolicyVerdict Judge(ClosureReport report)
    {
        ImmutableArray<BudgetResult> budgets = [.. _policy.Budgets.SelectMany(budget => BudgetJudge.Judge(report, budget, _options.Baseline))];
        ForbiddenEdges forbidden = new(report);
        Finding[] found =
        [
            .. report.Findings,
            .. _policy.Forbid.SelectMany(forbidden.Find),
            .. budgets.Where(result => result.State == BudgetState.Exceeded).Select(BudgetJudge.ToFinding),
        ];
        ImmutableArray<Finding> judged = [.. found.Select(Accept)];
        OccurrenceComparison? comparison = _options.Baseline is { } baseline ? OccurrenceComparison.Compare(baseline.Entries, judged, occurrence => occurrence.Status.IsOpen) : null;
        if (comparison is not null)
        {
            judged = [.. judged.Select(finding => Compare(finding, comparison))];
        }

        PolicyVerdict verdict = new()
        {
            Report = report.With(judged) with { PolicyFile = _policy.File ?? report.PolicyFile },
            Policy = _policy,
            Outcome = VerdictOutcome.Passed,
            Stale = [.. _allow.Stale()],
            Warnings = [.. PolicyWarnings.Find(_policy, report, Today)],
            Budgets = budgets,
            Gaps = ScanGaps.Find(report),
            Comparison = comparison,
            SizesBefore = _options.Baseline?.ClosureSizes ?? ImmutableSortedDictionary<string, long>.Empty,
        };
        verdict = verdict with { StrictReasons = [.. StrictReasons(verdict)] };
        return verdict with { Outcome = OutcomeOf(verdict) };
    }

    /// <summary>The day in UTC.</summary>
    private DateOnly Today => DateOnly.FromDateTime(_options.Clock.GetUtcNow().UtcDateTime);

    private IEnumerable<string> StrictReasons(PolicyVerdict verdict)
    {
        if (!_options.IsStrict)
        {
            yield break;
        }

        if (verdict.Stale.Length is > 0 and int stale)
        {
            yield return Count(stale, "allow entry is", "allow entries are") + " stale";
        }

        if (verdict.Gone.Sum(entry => entry.Count) is > 0 and long gone)
        {
            yield return Count(gone, "place is", "places are") + " mended and still in the baseline";
        }

        if (verdict.Report.HostFrom.Contradiction is not null)
        {
            yield return "the closure contradicts the host that was told";
        }
    }

    private static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    private static VerdictOutcome OutcomeOf(PolicyVerdict verdict)
    {
        bool fails = verdict.Failing.Any() || !verdict.StrictReasons.IsEmpty;
        return ScanGaps.IsEmpty(verdict.Report) ? VerdictOutcome.Nothing
            : !verdict.Gaps.IsEmpty ? VerdictOutcome.Incomplete
            : verdict.Budgets.Any(result => result.State == BudgetState.NotJudged) ? VerdictOutcome.Misconfigured
            : fails ? VerdictOutcome.Failed
            : VerdictOutcome.Passed;
    }

    /// <summary>Gives every occurrence the severity of its rule, and the entry that accepts it. What is accepted stays, so the finding frees nothing then.</summary>
    private Finding Accept(Finding finding)
    {
        RuleLevel? level = _policy.Rules.TryGetValue(finding.Rule, out RuleLevel given) ? given : null;
        ImmutableArray<Occurrence> occurrences =
        [
            .. finding.Occurrences.Select(occurrence => occurrence with
            {
                Severity = level switch
                {
                    RuleLevel.Error => Severity.Error,
                    RuleLevel.Warning => Severity.Warning,
                    RuleLevel.Note => Severity.Note,
                    _ => occurrence.Severity,
                },
                Status = _allow.Find(finding, occurrence) ?? (level == RuleLevel.Off ? OccurrenceStatus.Off : occurrence.Status.IsOpen ? OccurrenceStatus.New : occurrence.Status),
            }),
        ];
        bool isWhole = occurrences.All(occurrence => occurrence.Status.IsOpen);
        return finding with { Occurrences = occurrences, FreedBytes = isWhole ? finding.FreedBytes : 0 };
    }

    private static Finding Compare(Finding finding, OccurrenceComparison comparison) => finding with
    {
        Occurrences =
        [
            .. finding.Occurrences.Select(occurrence => !occurrence.Status.IsOpen ? occurrence : comparison.Find(occurrence) switch
            {
                OccurrenceChange.Same => occurrence with { Status = OccurrenceStatus.Known },
                OccurrenceChange.Weaker => occurrence with { Status = OccurrenceStatus.Weaker },
                OccurrenceChange.Stronger => occurrence with { Status = OccurrenceStatus.Stronger },
                _ => occurrence,
            }),
        ],
    };
}
