using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;

namespace ClosureScan.Analysis.Tests.Laws;

/// <summary>What a gate promises whatever the closure: each law on many small closures of real files, each with a seed that a failure prints.</summary>
public sealed class GateLawTests
{
    private const int Count = 350;

    [Fact]
    public Task A_breaking_file_more_never_turns_a_failing_check_into_a_pass() => RandomGate.ForEach(Count, async (gate, random) =>
    {
        ClosureReport before = await gate.AnalyzeAsync();
        Baseline baseline = random.Next(2) == 0 ? RandomGate.BaselineOf(before, random) : new Baseline([], []);
        ClosurePolicy policy = RandomGate.PolicyOf(before, random);
        VerdictOutcome outcome = Judge(before, policy, baseline).Outcome;

        gate.AddBreakingFile(random);
        VerdictOutcome more = Judge(await gate.AnalyzeAsync(), policy, baseline).Outcome;

        Assert.True(outcome == VerdictOutcome.Passed || more == VerdictOutcome.Failed, $"{outcome} became {more}");
        Assert.Equal(VerdictOutcome.Failed, Judge(await gate.AnalyzeAsync(), ClosurePolicy.Default with { FailOn = FailureThreshold.Breaks }, baseline).Outcome);
    });

    [Fact]
    public Task Allowing_every_occurrence_passes_and_one_fewer_fails() => RandomGate.ForEach(Count, async (gate, random) =>
    {
        ClosureReport report = await gate.AnalyzeAsync();
        ImmutableArray<AllowEntry> all = [.. RandomGate.EntriesFor(report)];
        Assert.Equal(VerdictOutcome.Passed, Judge(report, new ClosurePolicy { Allow = all }).Outcome);
        if (!all.IsEmpty)
        {
            Assert.Equal(VerdictOutcome.Failed, Judge(report, new ClosurePolicy { Allow = all.RemoveAt(random.Next(all.Length)) }).Outcome);
        }
    });

    [Fact]
    public Task A_check_against_a_baseline_and_a_diff_agree() => RandomGate.ForEach(Count, async (gate, random) =>
    {
        ClosureReport before = await gate.AnalyzeAsync();
        gate.Change(random);
        ClosureReport after = await gate.AnalyzeAsync();
        OccurrenceComparison check = Judge(after, ClosurePolicy.Default, Judge(before, ClosurePolicy.Default).ToBaseline()).Comparison!;
        OccurrenceComparison diff = ClosureDiff.Compare(ClosureSnapshot.Of(before), ClosureSnapshot.Of(after)).Comparison;

        Assert.All(Enum.GetValues<OccurrenceChange>(), change => Assert.Equal(diff.Count(change), check.Count(change)));
        Assert.Equal(diff.Gone, check.Gone);
    });

    [Fact]
    public Task What_a_finding_and_a_group_promise_is_what_a_trial_frees() => RandomGate.ForEach(Count, async (gate, _) =>
    {
        ClosureReport report = await gate.AnalyzeAsync();
        Assert.All(report.Findings.Where(finding => finding.To is not null), finding => Assert.Equal(finding.FreedBytes, Freed(report, [finding])));
        Assert.All(report.Groups.Where(group => group.Target is not null), group => Assert.Equal(group.FreedBytes, Freed(report, group.Findings)));
    });

    [Fact]
    public Task No_more_is_promised_beside_what_a_policy_accepts_and_a_baseline_knows_than_a_trial_frees() => RandomGate.ForEach(Count, async (gate, random) =>
    {
        ClosureReport found = await gate.AnalyzeAsync();
        PolicyVerdict verdict = Judge(found, RandomGate.PolicyOf(found, random), RandomGate.BaselineOf(found, random));

        // A trial edits whole files, also what is accepted or known in them: it may free more.
        Assert.All(verdict.Report.Groups.Where(group => group.Target is not null), group => Assert.InRange(group.FreedBytes, 0, Freed(found, Open(group.Findings))));
        Assert.All(verdict.Failing.Where(finding => finding.To is not null), finding => Assert.InRange(finding.FreedBytes, 0, Freed(found, [finding])));
        ClosureReport shown = verdict.Report.Where(verdict.Fails);
        Assert.Equal(verdict.Failing.Select(finding => finding.Key), shown.Findings.Select(finding => finding.Key));
        Assert.All(shown.Groups, group => Assert.Contains(verdict.Report.Groups, whole => (whole.Target, whole.Rule, whole.FreedBytes, whole.Findings.Length) == (group.Target, group.Rule, group.FreedBytes, group.HolderCount)));
    });

    [Fact]
    public Task A_saved_scan_judged_later_is_the_scan_judged_at_once() => RandomGate.ForEach(Count, async (gate, random) =>
    {
        ClosureReport report = await gate.AnalyzeAsync();
        using MemoryStream saved = new();
        JsonReport.Write(report, saved, "1");
        saved.Position = 0;
        Baseline baseline = RandomGate.BaselineOf(report, random);

        Assert.Equal(Statuses(Judge(report, ClosurePolicy.Default, baseline)), Statuses(Judge(SavedReport.Read(saved), ClosurePolicy.Default, baseline)));
    });

    [Fact]
    public Task A_baseline_knows_all_that_its_run_reports_also_where_every_hash_and_version_differs() => RandomGate.ForEach(Count, async (gate, _) =>
    {
        ClosureReport report = await gate.AnalyzeAsync();
        Baseline baseline = Judge(report, ClosurePolicy.Default).ToBaseline();
        Assert.Equal(VerdictOutcome.Passed, Judge(report, ClosurePolicy.Default, baseline).Outcome);

        PolicyVerdict updated = Judge(await gate.Update().AnalyzeAsync(), ClosurePolicy.Default, baseline);
        Assert.Equal(VerdictOutcome.Passed, updated.Outcome);
        Assert.Empty(updated.Gone);
    });

    private static PolicyVerdict Judge(ClosureReport report, ClosurePolicy policy, Baseline? baseline = null) => PolicyJudge.Judge(report, policy, new PolicyOptions { Baseline = baseline });

    private static IEnumerable<Finding> Open(IEnumerable<Finding> findings) => findings.Select(finding => finding.Where(occurrence => occurrence.Status.IsOpen)).OfType<Finding>();

    private static long Freed(ClosureReport report, IEnumerable<Finding> findings) => EditTrial.Run(report, findings.SelectMany(finding => finding.Occurrences
        .Select(occurrence => ProposedEdit.DropFiles("", [finding.From], GlobPattern.Parse(occurrence.File!))))).FreedBytes;

    private static IEnumerable<string> Statuses(PolicyVerdict verdict) =>
        verdict.Report.Findings.SelectMany(finding => finding.Occurrences).Select(occurrence => $"{occurrence.Key} {occurrence.Effect} {occurrence.Status.State}");
}
