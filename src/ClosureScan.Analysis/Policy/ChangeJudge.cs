using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Policy;

/// <summary>A difference of two closures as a verdict on the one after, with the one before as its baseline: what is new or stronger fails.</summary>
internal static class ChangeJudge
{
    /// <summary>Judges <paramref name="after"/>. What the two cannot be compared in is left out.</summary>
    /// <param name="after">The closure after, which <paramref name="diff"/> is of.</param>
    /// <param name="diff">The difference.</param>
    /// <param name="failOn">What fails.</param>
    public static PolicyVerdict Judge(ClosureReport after, ClosureDiff diff, FailureThreshold failOn)
    {
        Occurrence[] compared = [.. after.Findings.SelectMany(finding => finding.Occurrences).Where(occurrence => diff.Comparison.Find(occurrence) is not null)];
        HashSet<string> rules = [.. compared.Select(occurrence => occurrence.Rule), .. diff.Gone.Select(entry => entry.Key.Rule)];
        ClosureReport report = after.Where(new HashSet<Occurrence>(compared, ReferenceEqualityComparer.Instance).Contains);
        PolicyVerdict verdict = PolicyJudge.Judge(
            report,
            ClosurePolicy.Default with { FailOn = failOn },
            new PolicyOptions { Baseline = new Baseline(Baseline.EntriesOf(diff.Before.Findings, occurrence => rules.Contains(occurrence.Rule)), []) });

        // A saved report has no scan of its paths, and is no gap for that.
        ImmutableArray<string> gaps = [.. diff.Before.Problems.Concat(diff.After.Problems).Select(problem => problem.ToString()).Distinct()];
        return verdict with
        {
            Gaps = gaps,
            Outcome = !gaps.IsEmpty ? VerdictOutcome.Incomplete : verdict.Failing.Any() ? VerdictOutcome.Failed : VerdictOutcome.Passed,
        };
    }
}
