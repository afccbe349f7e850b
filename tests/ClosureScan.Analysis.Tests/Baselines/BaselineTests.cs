using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Tests.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Baselines;

public sealed class BaselineTests
{
    private const string Written = """
        # closurescan baseline, format 2
        # Known occurrences: RULE PACKAGE FILE MECHANISM TARGET EFFECT [xPLACES], and closure sizes in bytes. A check fails on what is not here.
        # Mend one and remove its line: closurescan baseline check --prune ROOT
        foreign-binary systemd-minimal lib/systemd/system-generators/systemd-veritysetup-generator elf-rodata x86_64-linux breaks
        foreign-interpreter kbd bin/unicode_start shebang bash breaks
        foreign-interpreter kbd share/kbd-{version}/notes text bash breaks
        foreign-reference curl bin/curl-config config-script gcc-wrapper bloats
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
        Assert.Equal(elsewhere.Open.Count(), elsewhere.Known.Count());
        Assert.Empty(elsewhere.Gone);
    }

    [Fact]
    public void It_holds_after_an_update()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        string newKbd = $"kbd-{Sample.Host}-2.7";
        ClosureReport updated = new ReportBuilder().Add(Sample.Image, 1000, newKbd).Add(newKbd, 1000, "bash-5.3").Add("bash-5.3", 1000)
            .Finding(RuleIds.ForeignInterpreter, Effect.Breaks, newKbd, "bash-5.3", 1000, ("bin/unicode_start", Mechanism.Shebang), ("share/kbd-2.7/notes", Mechanism.Text))
            .Build();

        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", updated, With(baseline)).Outcome);
    }

    [Fact]
    public void A_new_file_on_a_known_edge_is_new()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        ClosureReport report = Sample.Paths()
            .Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Curl, Sample.Wrapper, 9, ("bin/curl-config", Mechanism.ConfigScript), ("lib/libcurl.la", Mechanism.Libtool))
            .Build();
        PolicyVerdict verdict = Sample.Judge("{}", report, With(baseline));

        Assert.Equal("lib/libcurl.la", Assert.Single(Assert.Single(verdict.Failing).Evidence).File);
        Assert.Equal("bin/curl-config", Assert.Single(Assert.Single(verdict.Known).Evidence).File);
    }

    [Fact]
    public void Two_versions_of_a_package_share_a_line_and_a_third_fails()
    {
        Baseline one = Sample.Judge("{}", Versions("1.0")).ToBaseline();
        Baseline two = Sample.Judge("{}", Versions("1.0", "2.0")).ToBaseline();

        Assert.Equal(["foreign-reference tool bin/tool-config config-script bash bloats"], one.Entries.Select(entry => entry.ToString()));
        Assert.Equal(["foreign-reference tool bin/tool-config config-script bash bloats x2"], two.Entries.Select(entry => entry.ToString()));

        // As many as are known pass, whichever they are.
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Versions("3.0"), With(one)).Outcome);
        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Versions("3.0", "4.0"), With(two)).Outcome);

        // With one more, one of them is new.
        PolicyVerdict more = Sample.Judge("{}", Versions("1.0", "2.0"), With(one));
        Assert.Equal(VerdictOutcome.Failed, more.Outcome);
        Assert.Single(more.Failing);
        Assert.Single(more.Known);

        // With one fewer, that one is mended, and pruning leaves the other.
        PolicyVerdict fewer = Sample.Judge("{}", Versions("2.0"), With(two));
        Assert.Equal(VerdictOutcome.Passed, fewer.Outcome);
        Assert.Equal(one.Entries, fewer.Gone);
        Assert.Equal(one.Entries, fewer.Prune(two).Entries);

        static ClosureReport Versions(params string[] versions) => versions.Aggregate(
            Sample.Paths(),
            (report, version) => report.Add($"tool-{Sample.Host}-{version}", 1, Sample.Bash)
                .Finding(RuleIds.ForeignReference, Effect.Bloats, $"tool-{Sample.Host}-{version}", Sample.Bash, 1, ("bin/tool-config", Mechanism.ConfigScript))).Build();
    }

    [Fact]
    public void Two_versions_of_a_target_and_two_files_of_one_stable_name_are_two_places()
    {
        ClosureReport report = Sample.Paths().Add("bash-5.3", 1)
            .Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Curl, Sample.Bash, 1, ("bin/x", Mechanism.Text))
            .Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Curl, "bash-5.3", 1, ("bin/x", Mechanism.Text))
            .Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Kbd, Sample.Bash, 1, ("lib/python3.11/x", Mechanism.Text), ("lib/python3.12/x", Mechanism.Text))
            .Build();

        Assert.Equal(
            ["foreign-reference curl bin/x text bash bloats x2", "foreign-reference kbd lib/python{version}/x text bash bloats x2"],
            Sample.Judge("{}", report).ToBaseline().Entries.Select(entry => entry.ToString()));
    }

    [Fact]
    public void A_baseline_of_format_1_knows_a_file_whatever_it_holds_and_is_pruned_into_format_2()
    {
        Baseline old = Read("""
            # closurescan baseline, format 1
            foreign-interpreter kbd bin/unicode_start bash
            foreign-reference curl bin/curl-config gcc-wrapper
            closure-size pi-image 255015000

            """);
        ClosureReport report = Sample.Paths()
            .Finding(RuleIds.ForeignInterpreter, Effect.Breaks, Sample.Kbd, Sample.Bash, 1, ("bin/unicode_start", Mechanism.Shebang), ("bin/unicode_start", Mechanism.ScriptBody))
            .Build();
        PolicyVerdict verdict = Sample.Judge("{}", report, With(old));

        Assert.Equal(VerdictOutcome.Passed, verdict.Outcome);
        Assert.Equal("foreign-reference curl bin/curl-config gcc-wrapper", Assert.Single(verdict.Gone).ToString());
        Assert.Equal(
            ["foreign-interpreter kbd bin/unicode_start script-body bash breaks", "foreign-interpreter kbd bin/unicode_start shebang bash breaks"],
            verdict.Prune(old).Entries.Select(entry => entry.ToString()));
    }

    [Fact]
    public void Files_that_format_1_only_counts_hide_nothing_that_breaks()
    {
        Baseline old = Read("# closurescan baseline, format 1\nforeign-reference curl +2 gcc-wrapper\n");

        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Files(Effect.Bloats, 2), With(old)).Outcome);
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Files(Effect.Bloats, 3), With(old)).Outcome);
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Files(Effect.Breaks, 1), With(old)).Outcome);

        static ClosureReport Files(Effect effect, int count) => Sample.Paths().Finding(
            RuleIds.ForeignReference, effect, Sample.Curl, Sample.Wrapper, 1, [.. Enumerable.Range(0, count).Select(file => ($"bin/{(char)('a' + file)}", Mechanism.Text))]).Build();
    }

    [Fact]
    public void What_breaks_now_and_only_bloated_is_stronger_and_fails()
    {
        Baseline before = Sample.Judge("{}", Notes(Effect.Bloats, Mechanism.Text)).ToBaseline();
        PolicyVerdict stronger = Sample.Judge("{}", Notes(Effect.Breaks, Mechanism.Text), With(before));
        Assert.Equal(VerdictOutcome.Failed, stronger.Outcome);
        Assert.Equal(1, stronger.Comparison!.Count(OccurrenceChange.Stronger));

        Baseline breaks = Sample.Judge("{}", Notes(Effect.Breaks, Mechanism.Shebang)).ToBaseline();
        PolicyVerdict weaker = Sample.Judge("{}", Notes(Effect.Bloats, Mechanism.Text), With(breaks));
        Assert.Equal(VerdictOutcome.Passed, weaker.Outcome);
        Assert.Equal(1, weaker.Comparison!.Count(OccurrenceChange.Weaker));
        Assert.Empty(weaker.Gone);

        // What was pruned since fails when it comes back.
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Notes(Effect.Breaks, Mechanism.Shebang), With(weaker.Prune(breaks))).Outcome);

        static ClosureReport Notes(Effect effect, Mechanism mechanism) => Sample.Paths()
            .Finding(mechanism == Mechanism.Shebang ? RuleIds.ForeignInterpreter : RuleIds.ForeignReference, effect, Sample.Kbd, Sample.Bash, 1, ("bin/x", mechanism)).Build();
    }

    [Fact]
    public void Mended_findings_are_told_and_shrinking_adds_nothing()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();
        ClosureReport mended = Sample.Paths().Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Curl, Sample.Wrapper, 9, ("bin/new", Mechanism.Text)).Build();
        PolicyVerdict verdict = Sample.Judge("{}", mended, With(baseline));

        Assert.Equal(baseline.Entries, verdict.Gone);
        Assert.Empty(verdict.Prune(baseline).Entries);
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
    }

    [Fact]
    public void Pruning_lowers_sizes_and_raises_none()
    {
        Baseline before = Read($"{Baseline.Header}\nclosure-size pi-image 300000000\nclosure-size small 10\n");
        Assert.Equal([255_015_000L, 10L], Sample.Judge("{}", Sample.Paths().Build(), With(before)).Prune(before).ClosureSizes.Values);

        Baseline smaller = Read($"{Baseline.Header}\nclosure-size pi-image 5\n");
        Assert.Equal([5L], Sample.Judge("{}", Sample.Paths().Build(), With(smaller)).Prune(smaller).ClosureSizes.Values);
    }

    [Fact]
    public void A_mended_finding_fails_only_when_strict()
    {
        Baseline baseline = Sample.Judge("{}").ToBaseline();

        Assert.Equal(VerdictOutcome.Passed, Sample.Judge("{}", Sample.Paths().Build(), With(baseline)).Outcome);
        Assert.Equal(VerdictOutcome.Failed, Sample.Judge("{}", Sample.Paths().Build(), With(baseline) with { IsStrict = true }).Outcome);
    }

    [Theory]
    [InlineData(300_000_000, "foreign-reference curl bin/x text gone bloats", "The closure of pi-image has 42.9 MiB less than in the baseline: 243 MiB of 286 MiB.")]
    [InlineData(300_000_000, "", null)]
    [InlineData(5, "foreign-reference curl bin/x text gone bloats", null)]
    public void A_mended_finding_is_told_with_what_it_gave_back(long before, string line, string? told)
    {
        PolicyVerdict verdict = Sample.Judge("{}", Sample.Paths().Build(), With(Read($"{Baseline.Header}\n{line}\nclosure-size pi-image {before}\n")));

        Assert.Equal(told, verdict.GivenBack.SingleOrDefault()?.ToString());
    }

    [Fact]
    public void Lines_of_a_merge_may_stand_in_any_order_and_twice()
    {
        string merged = $"{Baseline.Header}\nforeign-reference b x text c bloats\n\nforeign-reference a x text c bloats\nforeign-reference b x text c bloats\nforeign-reference a x text c bloats x3\n";

        Assert.Equal(["foreign-reference a x text c bloats x3", "foreign-reference b x text c bloats"], Read(merged).Entries.Select(entry => entry.ToString()));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("foreign-reference a x text c bloats\n", 1, "format 2")]
    [InlineData("# closurescan baseline, format 3\n", 1, "format 2")]
    [InlineData(Baseline.Header + "\nforeign-reference a x c\n", 2, "RULE PACKAGE FILE MECHANISM TARGET")]
    [InlineData(Baseline.Header + "\n\nforeign-reference a x magic c bloats\n", 3, "magic")]
    [InlineData(Baseline.Header + "\nforeign-reference a x text c annoys\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a x text c bloats d\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a x text c bloats x0\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a x text c bloats x-1\n", 2, "RULE")]
    [InlineData("# closurescan baseline, format 1\nforeign-reference a +2 c x2\n", 2, "RULE PACKAGE FILE TARGET")]
    [InlineData("# closurescan baseline, format 1\nforeign-reference a + c\n", 2, "RULE")]
    [InlineData(Baseline.Header + "\nforeign-reference a  text c bloats\n", 2, "RULE")]
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
