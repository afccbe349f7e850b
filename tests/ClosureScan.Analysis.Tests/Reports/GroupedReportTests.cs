using System.Text.RegularExpressions;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>Every report of a verdict has the findings in the order of the screen: by the tree that they hold, the largest first.</summary>
public sealed partial class GroupedReportTests
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    /// <summary>Two trees; one finding has twenty files, and two have one.</summary>
    private static readonly PolicyVerdict Verdict = PolicyJudge.Judge(
        ClosureAnalyzer.Analyze(new ClosureBuilder()
            .Add($"image-{Suffix}-1", path => path.Refers($"curl-{Suffix}-8", file: "a").Refers($"kbd-{Suffix}-2", file: "b").Refers($"expat-{Suffix}-2", file: "c"))
            .Add($"curl-{Suffix}-8", path =>
            {
                path.Program("bin/curl", "armv7l-linux");
                for (int file = 0; file < 20; file++)
                {
                    path.Refers("gcc-13", Mechanism.PkgConfig, $"lib/pkgconfig/{file:00}.pc");
                }
            })
            .Add($"expat-{Suffix}-2", path => path.Program("bin/x", "armv7l-linux").Refers("gcc-13", Mechanism.PkgConfig, "lib/expat.pc"))
            .Add($"kbd-{Suffix}-2", path => path.Program("bin/kbd", "armv7l-linux").Refers("bash-5", Mechanism.Shebang, "bin/unicode_start"))
            .Add("gcc-13", path => path.Size(90_000).Program("bin/gcc", "x86_64-linux"))
            .Add("bash-5", path => path.Size(2_000).Program("bin/bash", "x86_64-linux")).Build()),
        ClosurePolicy.Default);

    [Fact]
    public void Annotations_name_every_finding_before_a_second_place_of_any()
    {
        string[] lines = Text("github").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Length);
        string[] titles = [.. lines.Take(3).Select(line => TitlePattern().Match(line).Groups[1].Value)];
        Assert.Equal(["curl → gcc", "expat → gcc", "kbd → bash"], titles.Order(StringComparer.Ordinal));
        Assert.All(lines[3..9], line => Assert.Contains("curl → gcc", line, StringComparison.Ordinal));
        Assert.Contains("13 more like these", lines[9], StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_of_JUnit_stand_in_the_order_of_the_findings()
    {
        string[] expected = [.. Verdict.Report.Findings.Select(finding => finding.Key.Split(':')[1])];
        string[] packages = [.. FailurePattern().Matches(Text("junit")).Select(match => match.Groups[1].Value)];
        Assert.Equal(22, packages.Length);
        Assert.Equal(expected, packages.Distinct());
    }

    [Fact]
    public void Comment_has_a_list_for_each_tree_with_what_frees_it_and_says_what_the_screen_says()
    {
        string text = Text("markdown");
        MatchCollection trees = SummaryPattern().Matches(text);
        Assert.Equal(["gcc-13: 2 findings, freed when both let go", "bash-5: 1 finding, freed when it lets go"], trees.Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}"));
        Assert.Contains("come from the build machine. 2 edges free ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Suffix, text.Replace("<code>", "", StringComparison.Ordinal).Split("/nix/store/")[0], StringComparison.Ordinal);
        Assert.Equal(Verdict.Report.Findings.Select(finding => $"{finding.Number}"), NumberPattern().Matches(text).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Advice_that_is_one_for_all_stands_once_a_group()
    {
        FindingGroup group = Assert.Single(Verdict.Report.Groups, group => group.Findings.Length == 2);
        Assert.Equal(group.Fix is null ? 2 : 1, Text("markdown").Split($"<b>Fix:</b> {group.Findings[0].Fix}").Length - 1);
    }

    private static string Text(string format) => SampleVerdict.Text(format, Verdict);

    [GeneratedRegex("title=foreign-[a-z]+%3A ([^:]+)::")]
    private static partial Regex TitlePattern();

    [GeneratedRegex("""name="foreign-[a-z]+ ([^ "]+)""")]
    private static partial Regex FailurePattern();

    [GeneratedRegex("<summary>:x: <b>[0-9.]+ K?i?B</b> <code>([^<]+)</code>: ([^<]+)<")]
    private static partial Regex SummaryPattern();

    [GeneratedRegex("<li><b>([0-9]+)</b>")]
    private static partial Regex NumberPattern();
}
