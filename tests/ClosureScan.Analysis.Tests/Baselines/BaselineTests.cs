using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Tests.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Baselines;

public sealed class BaselineTests
{
    private const string Written = """
        # closurescan baseline, format 1
        # Known findings: RULE PACKAGE FILE TARGET, and closure sizes in bytes. A check fails on what is not here.
        # Mend one and remove its line: closurescan baseline check --prune ROOT
        foreign-binary systemd-minimal lib/systemd/system-generators/systemd-veritysetup-generator x86_64-linux
        foreign-interpreter kbd bin/unicode_start bash
        foreign-reference curl bin/curl-config gcc-wrapper
        foreign-reference kbd share/kbd-{version}/notes bash
        closure-size pi-image 255015000

        """;

    [Fact]
    public void A_baseline_is_sorted_lines_without_hashes_and_versions() =>
        Assert.Equal(Written, Text(Sample.Judge("{}").ToBaseline()));

    [Fact]
    public void What_is_written_is_read_back() =>
        Assert.Equal(Written, Text(Baseline.Read(new StringReader(Written), "baseline")));

    [Fact]
    public void It_holds_on_a_machine_where_every_hash_differs()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        PolicyVerdict elsewhere = Sample.Judge("{}", Sample.Image1("another machine").Build(), With(baseline));

        Assert.Equal(VerdictOutcome.Passed, elsewhere.Outcome);
        Assert.All(elsewhere.Findings, finding => Assert.True(finding.IsKnown));
        Assert.Empty(elsewhere.Gone);
    }

    [Fact]
    public void It_holds_after_an_update()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        string newKbd = $"kbd-{Sample.Host}-2.7";
        LeakReport updated = new ReportBuilder().Add(Sample.Image, 1000, newKbd).Add(newKbd, 1000, "bash-5.3").Add("bash-5.3", 1000)
            .Leak(LeakRule.ForeignInterpreter, LeakEffect.Breaks, newKbd, "bash-5.3", 1000, ("bin/unicode_start", Mechanism.Shebang), ("share/kbd-2.7/notes", Mechanism.Text))
            .Build();

        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", updated, With(baseline)).Outcome);
    }

    [Fact]
    public void A_new_file_on_a_known_edge_is_new()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        LeakReport report = Sample.Paths()
            .Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, Sample.Wrapper, 9, ("bin/curl-config", Mechanism.ConfigScript), ("lib/libcurl.la", Mechanism.Libtool))
            .Build();
        PolicyVerdict verdict = Sample.Judge("{}", report, With(baseline));

        Assert.Equal("lib/libcurl.la", Assert.Single(Assert.Single(verdict.Failing).Leak.Evidence).File);
        Assert.Equal("bin/curl-config", Assert.Single(Assert.Single(verdict.Findings, finding => finding.IsKnown).Leak.Evidence).File);
    }

    [Theory]
    [InlineData(69, VerdictOutcome.Passed)]
    [InlineData(70, VerdictOutcome.Passed)]
    [InlineData(71, VerdictOutcome.Failed)]
    public void Files_beyond_the_evidence_may_only_become_fewer(int count, VerdictOutcome outcome)
    {
        Baseline baseline = Sample.Judge("{}", Many(70)).ToBaseline();

        Assert.Contains(baseline.Keys, key => key.ToString() == "foreign-reference curl +69 gcc-wrapper");
        Assert.Equal(outcome, Sample.Judge("{}", Many(count), With(baseline)).Outcome);

        static LeakReport Many(long count) => Sample.Paths().LeakOfManyFiles(Sample.Curl, Sample.Wrapper, count, ("bin/a", Mechanism.Text)).Build();
    }

    [Fact]
    public void Mended_findings_are_told_and_shrinking_adds_nothing()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        LeakReport mended = Sample.Paths().Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, Sample.Wrapper, 9, ("bin/new", Mechanism.Text)).Build();
        PolicyVerdict verdict = Sample.Judge("{}", mended, With(baseline));

        Assert.Equal(baseline.Keys, verdict.Gone);
        Assert.Empty(baseline.Shrink(verdict.ToBaseline()).Keys);
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
    }

    [Fact]
    public void Shrinking_lowers_counts_and_sizes_and_raises_none()
    {
        Baseline before = Read($"{Baseline.Header}\nforeign-reference a +9 c\nforeign-reference b +2 c\nclosure-size big 100\nclosure-size small 10\n");
        Baseline now = Read($"{Baseline.Header}\nforeign-reference a +7 c\nforeign-reference b +3 c\nforeign-reference new x c\nclosure-size big 90\nclosure-size small 11\n");
        Baseline shrunk = before.Shrink(now);

        Assert.Equal(["foreign-reference a +7 c", "foreign-reference b +2 c"], shrunk.Keys.Select(key => key.ToString()));
        Assert.Equal([90L, 10L], shrunk.ClosureSizes.Values);
    }

    [Fact]
    public void A_mended_finding_fails_only_when_strict()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();

        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Sample.Paths().Build(), With(baseline)).Outcome);
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Sample.Paths().Build(), With(baseline) with { IsStrict = true }).Outcome);
    }

    [Fact]
    public void Lines_of_a_merge_may_stand_in_any_order_and_twice()
    {
        string merged = $"{Baseline.Header}\nforeign-reference b x c\n\nforeign-reference a x c\nforeign-reference b x c\n";

        Assert.Equal(["foreign-reference a x c", "foreign-reference b x c"], Read(merged).Keys.Select(key => key.ToString()));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("foreign-reference a x c\n", 1, "format 1")]
    [InlineData("# closurescan baseline, format 2\n", 1, "format 1")]
    [InlineData(Baseline.Header + "\nforeign-reference a x\n", 2, "RULE PACKAGE FILE TARGET")]
    [InlineData(Baseline.Header + "\n\nforeign-refrence a x c\n", 3, "foreign-refrence")]
    [InlineData(Baseline.Header + "\nforeign-reference a x c d\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a  c\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\n<<<<<<< HEAD\n", 2, "merge")]
    [InlineData(Baseline.Header + "\nclosure-size pi -5\n", 2, "closure-size")]
    [InlineData(Baseline.Header + "\nclosure-size pi 5\nclosure-size pi 6\n", 3, "two closure sizes")]
    public void A_damaged_file_is_told_with_its_line(string text, int line, string says)
    {
        BaselineFormatException exception = Assert.Throws<BaselineFormatException>(() => Read(text));

        Assert.Equal(line, exception.Line);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_never_knows_more_than_the_whole()
    {
        HashSet<BaselineKey> whole = [.. Read(Written).Keys];
        for (int length = 0; length < Written.Length; length++)
        {
            try
            {
                Baseline part = Read(Written[..length]);
                Assert.True(part.Keys.Count(key => !whole.Contains(key)) <= 1);
            }
            catch (BaselineFormatException)
            {
                // Refused: the best answer.
            }
        }
    }

    private static Baseline Read(string text) => Baseline.Read(new StringReader(text), "baseline");

    private static PolicyOptions With(Baseline baseline) => new() { Baseline = baseline };

    private static string Text(Baseline baseline)
    {
        StringWriter writer = new();
        baseline.Write(writer);
        return writer.ToString();
    }
}
