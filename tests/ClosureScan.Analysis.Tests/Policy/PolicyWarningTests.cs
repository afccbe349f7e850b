using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Policy;

/// <summary>What a policy's author is told before it hurts, and what strict fails on.</summary>
public sealed class PolicyWarningTests
{
    [Theory]
    [InlineData("2026-06-14", false)]
    [InlineData("2026-06-15", true, "today")]
    [InlineData("2026-06-16", true, "tomorrow")]
    [InlineData("2026-06-29", true, "in 14 days")]
    [InlineData("2026-06-30", false)]
    public void An_entry_is_announced_two_weeks_before_it_expires(string day, bool warns, string told = "")
    {
        PolicyVerdict verdict = Sample.Judge($"allow:\n  - package: curl\n    reason: x\n    expires: {day}\n", options: At("2026-06-15"));

        Assert.Equal(warns, !verdict.Warnings.IsEmpty);
        Assert.All(verdict.Warnings, warning => Assert.Contains($"holds until {told};", warning.Message, StringComparison.Ordinal));
        Assert.All(verdict.Warnings, warning => Assert.Equal(2, warning.Line));
    }

    [Theory]
    [InlineData("package: \"*\"\n    rule: foreign-reference", true)]
    [InlineData("package: \"*\"\n    target: gcc-wrapper", false)]
    [InlineData("package: curl", false)]
    public void An_entry_for_every_package_without_a_target_is_told(string entry, bool warns) =>
        Assert.Equal(warns, !Sample.Judge($"allow:\n  - {entry}\n    reason: x\n").Warnings.IsEmpty);

    [Theory]
    [InlineData("x86_64-linux", VerdictOutcome.Failed)]
    [InlineData("armv6l-linux", VerdictOutcome.Failed)]
    [InlineData("aarch64-linux", VerdictOutcome.Passed)]
    [InlineData("armv7l-linux", VerdictOutcome.Passed)]
    [InlineData("armv8l-linux", VerdictOutcome.Passed)]
    public async Task A_host_that_the_closure_contradicts_is_told_and_fails_when_strict(string host, VerdictOutcome outcome)
    {
        MemoryStore store = new();
        store["app"].File("bin/app", CorpusMachine.Arm.Elf(2).Build(), executable: true);
        Assert.True(Platform.TryParse(host, out Platform? told));
        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf("app")), new AnalysisOptions { Host = told, Legitimate = [] });
        ClosurePolicy policy = ClosurePolicy.Default with { FailOn = FailureThreshold.None };

        PolicyVerdict verdict = PolicyJudge.Judge(report, policy, new PolicyOptions { IsStrict = true });

        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal(outcome == VerdictOutcome.Failed, verdict.StrictReasons is ["the closure contradicts the host that was told"]);
        Assert.Equal(outcome == VerdictOutcome.Failed, verdict.Warnings is [{ Message: var message }] && message.Contains("armv7l-linux: 1 program", StringComparison.Ordinal));
        Assert.Equal(VerdictOutcome.Passed, PolicyJudge.Judge(report, policy).Outcome);
    }

    [Fact]
    public void Strict_says_why_it_fails()
    {
        PolicyVerdict verdict = Sample.Judge("allow:\n  - package: crul\n    reason: x\n", Sample.Paths().Build(), new PolicyOptions { IsStrict = true });

        Assert.Equal(["1 allow entry is stale"], verdict.StrictReasons);
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
    }

    [Theory]
    [InlineData("armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0", true)]
    [InlineData("armv7l-unknown-linux-gnueabihf-binutils-2.41", true)]
    [InlineData("gcc-13.2.0", true)]
    [InlineData("gcc-13.2.0-lib", false)]
    [InlineData("cmake-3.29.2", true)]
    [InlineData("glibc-2.38-44-dev", true)]
    [InlineData("glibc-2.38-44", false)]
    [InlineData("linux-headers-6.7", true)]
    [InlineData("busybox-1.36.1", false)]
    public void The_preset_toolchains_forbids_what_builds_by_its_name(string target, bool isForbidden)
    {
        PolicyVerdict verdict = Sample.Judge(
            "forbid:\n  - preset: toolchains\n    reason: nothing is built on the device\n", new ReportBuilder().Add("image", 10, target).Add(target, 20).Build());

        Assert.Equal(isForbidden ? [(RuleIds.ForbiddenReference, target)] : [], verdict.Failing.Select(finding => (finding.Rule, finding.To!.Name)));
        Assert.All(verdict.Failing, finding => Assert.Contains("The policy forbids preset toolchains: nothing is built", finding.Occurrences[0].Fix, StringComparison.Ordinal));
    }

    private static PolicyOptions At(string day) => new() { Clock = new Clock(DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture)) };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
