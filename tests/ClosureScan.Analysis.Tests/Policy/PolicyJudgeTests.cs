using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Policy;

public sealed class PolicyJudgeTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [Fact]
    public void Without_a_policy_every_finding_fails()
    {
        PolicyVerdict verdict = Sample.Judge("{}");

        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
        Assert.Equal(Sample.Image1().Build().Findings.Length, verdict.Failing.Count());
        Assert.Empty(verdict.Accepted);
    }

    [Fact]
    public void A_clean_closure_passes() =>
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Sample.Paths().Build()).Outcome);

    [Fact]
    public void An_allowed_finding_stays_listed_with_its_reason()
    {
        PolicyVerdict verdict = Sample.Judge("allow:\n  - rule: foreign-reference\n    package: curl\n    reason: a developer's tool\n");

        Finding accepted = Assert.Single(verdict.Accepted);
        Assert.Equal("a developer's tool", accepted.Occurrences[0].Status.Because);
        Assert.Equal("foreign-reference:curl:gcc-wrapper", accepted.Key);
        Assert.DoesNotContain(verdict.Open, finding => finding.Key == accepted.Key);
        Assert.Empty(verdict.Stale);
    }

    [Fact]
    public void Allowing_one_file_leaves_the_others()
    {
        PolicyVerdict verdict = Sample.Judge("allow:\n  - package: kbd\n    file: bin/*\n    reason: x\n");

        Finding rest = Assert.Single(verdict.Open, finding => finding.From.Name == Sample.Kbd);
        Assert.Equal("share/kbd-2.6.4/notes", Assert.Single(rest.Evidence).File);
        Assert.Equal((1L, 0L), (rest.FileCount, rest.FreedBytes));
        Assert.Equal("bin/unicode_start", Assert.Single(Assert.Single(verdict.Accepted).Evidence).File);
    }

    [Theory]
    [InlineData("gcc-wrapper", true)]
    [InlineData("*-gcc-wrapper-13.2.0", true)]
    [InlineData("gcc", false)]
    public void A_target_is_named_by_package_or_by_whole_name(string glob, bool matches) =>
        Assert.Equal(matches, Sample.Judge($"allow:\n  - target: '{glob}'\n    reason: x\n").Accepted.Count() == 1);

    [Fact]
    public void The_target_of_a_wrong_binary_is_its_platform() =>
        Assert.Equal(Sample.Systemd, Assert.Single(Sample.Judge("allow:\n  - target: x86_64-linux\n    reason: x\n").Accepted).From.Name);

    [Fact]
    public void A_rule_that_is_off_is_counted_and_one_that_warns_does_not_fail()
    {
        PolicyVerdict verdict = Sample.Judge("rules:\n  foreign-binary: off\n  foreign-interpreter: warn\n  foreign-reference: warn\n");

        Assert.Equal(VerdictOutcome.Passed, verdict.Outcome);
        Assert.Equal("the rule is off", Assert.Single(verdict.Accepted).Occurrences[0].Status.Because);
        Assert.All(verdict.Open, finding => Assert.Equal(Severity.Warning, finding.Severity));
        Assert.Equal(2, verdict.Warned.Count());
        Assert.Empty(verdict.Failing);
    }

    [Theory]
    [InlineData("allow:\n- {package: kbd, file: bin/*, reason: r}\n")]
    [InlineData("allow:\n- {package: kbd, file: share/kbd-2.6.4/notes, reason: r}\n")]
    public void What_an_accepted_file_holds_is_not_promised_to_be_freed(string policy)
    {
        PolicyVerdict verdict = Sample.Judge(policy);

        FindingGroup shown = Assert.Single(verdict.Report.Where(verdict.Fails).Groups, group => group.Findings.Any(finding => finding.From.Name == Sample.Kbd));
        Assert.Equal((true, 0L, 1), (shown.IsKept, shown.FreedBytes, shown.HolderCount));
        Assert.All(shown.Findings, finding => Assert.Equal(0, finding.FreedBytes));
    }

    [Theory]
    [InlineData("bloats", 3)]
    [InlineData("breaks", 2)]
    [InlineData("none", 0)]
    public void The_threshold_decides_which_effects_fail(string failOn, int failing) =>
        Assert.Equal(failing, Sample.Judge($"fail-on: {failOn}\n").Failing.Count());

    [Theory]
    [InlineData("2026-06-15", false)]
    [InlineData("2026-06-14", true)]
    public void An_entry_holds_through_its_last_day(string expires, bool expired)
    {
        PolicyVerdict verdict = Sample.Judge($"allow:\n  - package: '*'\n    reason: x\n    expires: {expires}\n", options: On(Today));

        Assert.Equal(expired ? VerdictOutcome.Failed : VerdictOutcome.Passed, verdict.Outcome);
        Assert.Equal(expired ? [new StaleEntry(verdict.Policy.Allow[0], true, true)] : [], verdict.Stale);
    }

    [Theory]
    [InlineData(false, VerdictOutcome.Passed)]
    [InlineData(true, VerdictOutcome.Failed)]
    public void An_entry_that_matches_nothing_is_told_and_fails_when_strict(bool strict, VerdictOutcome outcome)
    {
        PolicyVerdict verdict = Sample.Judge(
            "allow:\n  - package: crul\n    reason: x\n", Sample.Paths().Build(), new PolicyOptions { IsStrict = strict });

        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal("nothing matches it: delete it", Assert.Single(verdict.Stale).Problem);
    }

    [Fact]
    public void A_forbidden_reference_is_a_finding_on_the_edge_that_leads_there()
    {
        PolicyVerdict verdict = Sample.Judge("forbid:\n  - target: '*-gcc-*'\n    reason: no compiler\n", Sample.Paths().Build());

        Finding leak = Assert.Single(verdict.Open);
        Assert.Equal("forbidden-reference:curl:gcc-wrapper", leak.Key);
        Assert.Equal([Sample.Image, Sample.Curl, Sample.Wrapper], leak.Chain.Select(path => path.Name));
        Assert.Equal(250_005_000, leak.FreedBytes);
        Assert.Equal("share/names", Assert.Single(leak.Evidence).File);
        Assert.Contains("no compiler", leak.Fix, StringComparison.Ordinal);
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
    }

    [Fact]
    public void A_forbidden_path_held_twice_frees_nothing_by_one_edit_and_says_what_both_free()
    {
        ClosureReport report = Sample.Paths().Add("second", 1, Sample.Wrapper).Root(Sample.Image).Root("second").Build();
        PolicyVerdict verdict = Sample.Judge("forbid:\n  - target: '*-gcc-*'\n    reason: no compiler\n", report);

        Assert.Equal(2, verdict.Open.Count());
        Assert.All(verdict.Open, finding => Assert.Equal(0, finding.FreedBytes));
        Assert.All(verdict.Open, finding => Assert.EndsWith("without all of them 238 MiB leave the closure.", finding.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public void A_forbidden_path_in_a_circle_is_freed_by_the_edge_that_leads_into_it()
    {
        ClosureReport report = new ReportBuilder().Add("image", 1, "gcc-dev").Add("gcc-dev", 10, "doc").Add("doc", 5, "gcc-dev").Build();
        PolicyVerdict verdict = Sample.Judge("forbid:\n  - target: 'gcc-dev'\n    package: image\n    reason: no compiler\n", report);

        Assert.Equal(15, Assert.Single(verdict.Open).FreedBytes);
    }

    [Theory]
    [InlineData("kbd", 0)]
    [InlineData("curl", 1)]
    public void A_forbidden_reference_may_be_about_some_holders(string package, int findings) =>
        Assert.Equal(findings, Sample.Judge($"forbid:\n  - target: '*-gcc-*'\n    package: {package}\n    reason: x\n", Sample.Paths().Build()).Open.Count());

    [Theory]
    [InlineData("max: 255015000", VerdictOutcome.Passed)]
    [InlineData("max: 255014999", VerdictOutcome.Failed)]
    [InlineData("growth: 1%", VerdictOutcome.Failed)]
    [InlineData("growth: 2.1%", VerdictOutcome.Passed)]
    [InlineData("growth: 5015000", VerdictOutcome.Passed)]
    [InlineData("growth: 5014999", VerdictOutcome.Failed)]
    public void A_budget_is_kept_to_the_byte(string limit, VerdictOutcome outcome)
    {
        Baseline baseline = new([], [KeyValuePair.Create("pi-image", 250_000_000L)]);
        PolicyVerdict verdict = Sample.Judge(
            $"budgets:\n  - root: pi-image\n    {limit}\n", Sample.Paths().Build(), new PolicyOptions { Baseline = baseline });

        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal(255_015_000, Assert.Single(verdict.Budgets).Size);
        Assert.Equal(outcome == VerdictOutcome.Failed ? ["size-budget:pi-image:closure"] : Array.Empty<string>(), verdict.Open.Select(finding => finding.Key));
    }

    private static PolicyOptions On(DateOnly day) => new() { Clock = new FixedClock(day) };

    private sealed class FixedClock(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(23, 59), TimeSpan.Zero);
    }
}
