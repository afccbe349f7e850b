using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Rules;

namespace ClosureScan.Analysis.Tests.Policy;

/// <summary>Each way in which a gate could pass without having looked.</summary>
public sealed class AccidentalPassTests
{
    [Fact]
    public void An_empty_closure_is_nothing_scanned() =>
        Assert.Equal(VerdictOutcome.Nothing, Sample.Judge("{}", new ReportBuilder().Build()).Outcome);

    [Fact]
    public void A_path_that_could_not_be_read_outranks_findings() =>
        Assert.Equal(VerdictOutcome.Incomplete, Sample.Judge("{}", Sample.Image1().Problem("/nix/store/x", "denied").Build()).Outcome);

    [Fact]
    public void A_path_known_by_metadata_alone_is_incomplete() =>
        Assert.Equal(VerdictOutcome.Incomplete, Sample.Judge("{}", Sample.Paths().WithoutBytes(Sample.Gcc).Build()).Outcome);

    [Fact]
    public void A_closure_known_by_metadata_alone_is_nothing_scanned()
    {
        ReportBuilder report = Sample.Paths();
        foreach (string name in (string[])[Sample.Image, Sample.Curl, Sample.Kbd, Sample.Systemd, Sample.Wrapper, Sample.Gcc, Sample.Bash])
        {
            report.WithoutBytes(name);
        }

        Assert.Equal(VerdictOutcome.Nothing, Sample.Judge("{}", report.Build()).Outcome);
    }

    [Fact]
    public void A_store_that_lacks_a_referenced_path_is_incomplete() =>
        Assert.Equal(VerdictOutcome.Incomplete, Sample.Judge("{}", new ReportBuilder().Add("image", 1000, "elsewhere").Build()).Outcome);

    [Theory]
    [InlineData("root: pi-imgae\n    max: 1 TiB")]
    [InlineData("root: pi-image\n    growth: 5%")]
    public void A_budget_that_cannot_be_judged_is_no_pass(string budget)
    {
        PolicyVerdict verdict = Sample.Judge($"budgets:\n  - {budget}\n", Sample.Paths().Build());

        Assert.Equal(VerdictOutcome.Misconfigured, verdict.Outcome);
        Assert.Equal(BudgetState.NotJudged, Assert.Single(verdict.Budgets).State);
    }

    [Fact]
    public void A_budget_for_a_root_that_the_baseline_does_not_know_is_no_pass() =>
        Assert.Equal(VerdictOutcome.Misconfigured, Sample.Judge(
            "budgets:\n  - root: pi-image\n    growth: 5%\n", Sample.Paths().Build(), new PolicyOptions { Baseline = new Baseline([], []) }).Outcome);

    [Fact]
    public void A_failing_threshold_of_none_does_not_hide_an_incomplete_scan() =>
        Assert.Equal(VerdictOutcome.Incomplete, Sample.Judge("fail-on: none\n", Sample.Image1().Problem("/nix/store/x", "denied").Build()).Outcome);

    [Fact]
    public void An_empty_baseline_knows_nothing() =>
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", options: new PolicyOptions { Baseline = new Baseline([], []) }).Outcome);

    [Fact]
    public void Every_rule_fails_a_check_unless_a_policy_says_otherwise() =>
        Assert.All(RuleSet.Default.Rules, rule => Assert.Equal(rule.Id == RuleIds.BuildTool ? Severity.Note : Severity.Error, rule.Severity));
}
