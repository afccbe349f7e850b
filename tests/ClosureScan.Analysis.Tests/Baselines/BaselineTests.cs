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
        # Known findings: RULE PACKAGE FILE TARGET [xPLACES], and closure sizes in bytes. A check fails on what is not here.
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

    [Fact]
    public void Two_versions_of_a_package_share_a_line_and_a_third_fails()
    {
        Baseline one = Sample.Judge("{}", Versions("1.0")).ToBaseline();
        Baseline two = Sample.Judge("{}", Versions("1.0", "2.0")).ToBaseline();

        Assert.Equal(["foreign-reference tool bin/tool-config bash"], one.Entries.Select(entry => entry.ToString()));
        Assert.Equal(["foreign-reference tool bin/tool-config bash x2"], two.Entries.Select(entry => entry.ToString()));

        // As many as are known pass, whichever they are.
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Versions("3.0"), With(one)).Outcome);
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Versions("3.0", "4.0"), With(two)).Outcome);

        // With one more, nobody can say which it is: all of them are told.
        PolicyVerdict more = Sample.Judge("{}", Versions("1.0", "2.0"), With(one));
        Assert.Equal(VerdictOutcome.Failed, more.Outcome);
        Assert.Equal(2, more.Failing.Count());
        Assert.Equal("foreign-reference tool bin/tool-config bash x2: the baseline knows one", Assert.Single(more.Grown).ToString());

        // With one fewer, that one is mended, and pruning leaves the other.
        PolicyVerdict fewer = Sample.Judge("{}", Versions("2.0"), With(two));
        Assert.Equal(VerdictOutcome.Passed, fewer.Outcome);
        Assert.Equal(one.Entries, fewer.Gone);
        Assert.Equal(one.Entries, two.Shrink(fewer.ToBaseline()).Entries);

        static LeakReport Versions(params string[] versions) => versions.Aggregate(
            Sample.Paths(),
            (report, version) => report.Add($"tool-{Sample.Host}-{version}", 1, Sample.Bash)
                .Leak(LeakRule.ForeignReference, LeakEffect.Bloats, $"tool-{Sample.Host}-{version}", Sample.Bash, 1, ("bin/tool-config", Mechanism.ConfigScript))).Build();
    }

    [Fact]
    public void Two_versions_of_a_target_and_two_files_of_one_stable_name_are_two_places()
    {
        LeakReport report = Sample.Paths().Add("bash-5.3", 1)
            .Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, Sample.Bash, 1, ("bin/x", Mechanism.Text))
            .Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, "bash-5.3", 1, ("bin/x", Mechanism.Text))
            .Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Kbd, Sample.Bash, 1, ("lib/python3.11/x", Mechanism.Text), ("lib/python3.12/x", Mechanism.Text))
            .Build();

        Assert.Equal(
            ["foreign-reference curl bin/x bash x2", "foreign-reference kbd lib/python{version}/x bash x2"],
            Sample.Judge("{}", report).ToBaseline().Entries.Select(entry => entry.ToString()));
    }

    [Fact]
    public void A_file_that_gets_a_name_when_another_was_mended_is_not_new()
    {
        Baseline baseline = Sample.Judge("{}", Files(70, "bin/a", "bin/b")).ToBaseline();

        // bin/a was mended, so the evidence has room for one of the 68 others.
        PolicyVerdict mended = Sample.Judge("{}", Files(69, "bin/b", "bin/c"), With(baseline));
        Assert.Equal(VerdictOutcome.Passed, mended.Outcome);
        Assert.Equal(["foreign-reference curl bin/a gcc-wrapper"], mended.Gone.Select(entry => entry.ToString()));

        // It stays so when the baseline was pruned.
        Baseline pruned = baseline.Shrink(mended.ToBaseline());
        Assert.Equal(["foreign-reference curl +68 gcc-wrapper", "foreign-reference curl bin/b gcc-wrapper"], pruned.Entries.Select(entry => entry.ToString()));
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Files(69, "bin/b", "bin/c"), With(pruned)).Outcome);

        // A new file among as many old ones is one too many.
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Files(71, "bin/a", "bin/aa"), With(baseline)).Outcome);
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Files(70, "bin/b", "bin/c"), With(pruned)).Outcome);

        static LeakReport Files(long count, params string[] named) =>
            Sample.Paths().LeakOfManyFiles(Sample.Curl, Sample.Wrapper, count, [.. named.Select(file => (file, Mechanism.Text))]).Build();
    }

    [Theory]
    [InlineData(69, VerdictOutcome.Passed)]
    [InlineData(70, VerdictOutcome.Passed)]
    [InlineData(71, VerdictOutcome.Failed)]
    public void Files_beyond_the_evidence_may_only_become_fewer(int count, VerdictOutcome outcome)
    {
        Baseline baseline = Sample.Judge("{}", Many(70)).ToBaseline();

        Assert.Contains(baseline.Entries, entry => entry.ToString() == "foreign-reference curl +69 gcc-wrapper");
        Assert.Equal(outcome, Sample.Judge("{}", Many(count), With(baseline)).Outcome);

        static LeakReport Many(long count) => Sample.Paths().LeakOfManyFiles(Sample.Curl, Sample.Wrapper, count, ("bin/a", Mechanism.Text)).Build();
    }

    [Fact]
    public void Mended_findings_are_told_and_shrinking_adds_nothing()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        LeakReport mended = Sample.Paths().Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, Sample.Wrapper, 9, ("bin/new", Mechanism.Text)).Build();
        PolicyVerdict verdict = Sample.Judge("{}", mended, With(baseline));

        Assert.Equal(baseline.Entries, verdict.Gone);
        Assert.Empty(baseline.Shrink(verdict.ToBaseline()).Entries);
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
    }

    [Fact]
    public void Shrinking_lowers_counts_and_sizes_and_raises_none()
    {
        Baseline before = Read($"{Baseline.Header}\nforeign-reference a +9 c\nforeign-reference b +2 c\nclosure-size big 100\nclosure-size small 10\n");
        Baseline now = Read($"{Baseline.Header}\nforeign-reference a +7 c\nforeign-reference b +3 c\nforeign-reference new x c\nclosure-size big 90\nclosure-size small 11\n");
        Baseline shrunk = before.Shrink(now);

        Assert.Equal(["foreign-reference a +7 c", "foreign-reference b +2 c"], shrunk.Entries.Select(entry => entry.ToString()));
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
        string merged = $"{Baseline.Header}\nforeign-reference b x c\n\nforeign-reference a x c\nforeign-reference b x c\nforeign-reference a x c x3\n";

        Assert.Equal(["foreign-reference a x c x3", "foreign-reference b x c"], Read(merged).Entries.Select(entry => entry.ToString()));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("foreign-reference a x c\n", 1, "format 1")]
    [InlineData("# closurescan baseline, format 2\n", 1, "format 1")]
    [InlineData(Baseline.Header + "\nforeign-reference a x\n", 2, "RULE PACKAGE FILE TARGET")]
    [InlineData(Baseline.Header + "\n\nforeign-refrence a x c\n", 3, "foreign-refrence")]
    [InlineData(Baseline.Header + "\nforeign-reference a x c d\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a x c x0\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a x c x-1\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a +2 c x2\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a + c\n", 2, "RULE")]
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
        HashSet<BaselineEntry> whole = [.. Read(Written).Entries];
        for (int length = 0; length < Written.Length; length++)
        {
            try
            {
                Baseline part = Read(Written[..length]);
                Assert.True(part.Entries.Count(entry => !whole.Contains(entry)) <= 1);
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
