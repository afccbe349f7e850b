using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>What a reviewer sees in a terminal of 24 lines: how large, how much is the build machine's, which edges carry it, what to do.</summary>
public sealed class ScreenTests
{
    // The last line of a terminal is the prompt's.
    private const int ScreenLines = 24 - 1;

    private static readonly string[] Sample = ["scan", "--store", LeakyCache.Location, "*-pi-image-*"];

    [Fact]
    public void First_screen_of_the_sample_has_verdict_sizes_and_every_group()
    {
        ToolRun run = ClosureScanTool.Run(Sample);
        AssertFits(run, 80);
        AssertFits(ClosureScanTool.Run([.. Sample, "--width", "120"]), 120);
        Assert.StartsWith(
            """
            pi-image-1.0  k21llvfz                       armv7l-linux, built on x86_64-linux
            2.0 MiB; 1.9 MiB (95 %) in 8 paths come from the build machine.
            2 edges free 1.8 MiB of it, 6 edges free it all. 7 findings: 4 BREAK, 3 bloat.

             1.8 MiB  gcc-13.2.0
            """,
            run.Text,
            StringComparison.Ordinal);
        foreach (int number in Enumerable.Range(1, 7))
        {
            Assert.Single(run.Lines, line => line.StartsWith($"   {number}  ", StringComparison.Ordinal));
        }

        Assert.Contains("freed when both let go: 1: remove-references-to -t ${stdenv.cc}", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void First_screen_of_a_clean_closure_says_so()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", "samples/fixed-cache", "*-pi-image-*");
        Assert.Equal(0, run.ExitCode);
        AssertFits(run, 80);
        AssertFits(ClosureScanTool.Run("scan", "--store", "samples/fixed-cache", "*-pi-image-*", "--width", "120"), 120);
        Assert.StartsWith(
            """
            pi-image-1.0  infwb4yr                                              armv7l-linux
            115 KiB; nothing of it comes from the build machine.
            No leak found.

            """,
            run.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_in_full_has_bytes_chain_fix_and_key()
    {
        string text = ClosureScanTool.Run([.. Sample, "--show", "3"]).Text;
        Assert.Contains("\n    in      ggn1q8r4…-shadow-4.14.6\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    file    bin/nologin symlink-target, byte 11\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    chain   pi-image-1.0 → shadow-4.14.6 → coreutils-9.4\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    fix     Link to the host's coreutils, or leave the link out.\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    key     foreign-reference:shadow:coreutils\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bin/curl-config", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breaks", 3, 4, 5, 7)]
    [InlineData("bloats", 1, 2, 6)]
    [InlineData("foreign-binary", 7)]
    [InlineData("kbd", 5)]
    [InlineData("bash-5.2p26", 5)]
    [InlineData("foreign-interpreter:kbd:bash", 5)]
    [InlineData("foreign-reference curl bin/curl-config config-script gcc-wrapper", 1)]
    [InlineData("kbd-2.6.4 → bash-5.2p26", 5)]
    [InlineData("1,3-4", 1, 3, 4)]
    public void Only_some_are_shown_with_their_numbers_and_the_exit_code_is_of_all(string only, params int[] numbers)
    {
        ToolRun run = ClosureScanTool.Run([.. Sample, "--only", only, "--top", "9"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(numbers, NumbersOf(run));
        Assert.Contains($"Shown are {numbers.Length} of 7 findings.", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tree", " 1.8 MiB  gcc-13.2.0")]
    [InlineData("package", " 4.0 KiB  curl-8.7.1  1 finding")]
    [InlineData("rule", "          foreign-interpreter  2 findings")]
    [InlineData("none", "   1  bloats  curl-8.7.1")]
    public void Findings_are_put_together_by_what_the_reader_wants(string grouping, string line)
    {
        ToolRun run = ClosureScanTool.Run([.. Sample, "--group-by", grouping, "--top", "9"]);
        Assert.Contains(run.Lines, shown => shown.StartsWith(line, StringComparison.Ordinal));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], NumbersOf(run));
    }

    [Fact]
    public void What_is_left_out_is_counted_and_asked_for()
    {
        ToolRun run = ClosureScanTool.Run([.. Sample, "--top", "1"]);
        Assert.Equal([1, 2], NumbersOf(run));
        Assert.Contains("and 2 more groups: 5 findings, 4 of which break; --top 3", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_a_check_are_those_of_the_scan()
    {
        using TemporaryTree folder = new();
        folder.File("policy.yaml", "allow:\n  - package: curl\n    reason: known\n  - package: shadow\n    reason: known\n"u8.ToArray());
        ToolRun run = ClosureScanTool.Run("check", "--store", LeakyCache.Location, "*-pi-image-*", "--policy", folder.PathOf("policy.yaml"));
        Assert.Equal([2, 4, 5, 6, 7], NumbersOf(run));
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("never", false)]
    [InlineData("auto", false)]
    public void Colours_are_as_asked_for_also_in_a_pipe(string color, bool colored) =>
        Assert.Equal(colored, ClosureScanTool.Run([.. Sample, "--color", color]).Text.Contains('\e', StringComparison.Ordinal));

    [Fact]
    public void Terminal_behind_a_pipe_is_as_wide_as_COLUMNS_says()
    {
        string wide = ClosureScanTool.RunWith(new Dictionary<string, string?> { ["COLUMNS"] = "120" }, null, Sample).Text;
        Assert.Equal(ClosureScanTool.Run([.. Sample, "--width", "120"]).Text, wide);
    }

    [Theory]
    [InlineData("39")]
    [InlineData("1001")]
    public void Width_that_no_report_fits_is_refused(string width) => Assert.Equal(2, ClosureScanTool.Run([.. Sample, "--width", width]).ExitCode);

    /// <summary>The numbers in front of the lines of findings, sorted.</summary>
    private static IEnumerable<int> NumbersOf(ToolRun run) => run.Lines
        .Where(line => line.Length > 6 && line[..4].Trim() is [_, ..] number && number.All(char.IsAsciiDigit) && line[4..6] == "  ")
        .Select(line => int.Parse(line[..4], System.Globalization.CultureInfo.InvariantCulture)).Order();

    internal static void AssertFits(ToolRun run, int width)
    {
        string[] lines = run.Text.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 1, ScreenLines);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }
}
