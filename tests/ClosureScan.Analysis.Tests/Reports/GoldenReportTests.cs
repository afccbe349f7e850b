using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Reports;

public sealed class GoldenReportTests
{
    [Theory]
    [InlineData("json", "full.json")]
    [InlineData("sarif", "full.sarif")]
    [InlineData("sarif-full", "full.all.sarif")]
    [InlineData("junit", "full.junit.xml")]
    [InlineData("github", "full.github.txt")]
    [InlineData("gitlab", "full.gitlab.json")]
    [InlineData("markdown", "full.md")]
    public void A_verdict_with_everything_is_written_as_committed(string format, string file) =>
        GoldenFile.Check(file, SampleVerdict.Write(format, SampleVerdict.Full));

    [Theory]
    [InlineData("json", "clean.json")]
    [InlineData("sarif", "clean.sarif")]
    [InlineData("junit", "clean.junit.xml")]
    [InlineData("github", "clean.github.txt")]
    [InlineData("gitlab", "clean.gitlab.json")]
    [InlineData("markdown", "clean.md")]
    public void A_clean_verdict_is_written_as_committed(string format, string file) =>
        GoldenFile.Check(file, SampleVerdict.Write(format, SampleVerdict.Clean));

    [Theory]
    [InlineData("sarif", "incomplete.sarif")]
    [InlineData("junit", "incomplete.junit.xml")]
    [InlineData("github", "incomplete.github.txt")]
    [InlineData("gitlab", "incomplete.gitlab.json")]
    [InlineData("markdown", "incomplete.md")]
    public void An_incomplete_scan_is_written_as_committed(string format, string file) =>
        GoldenFile.Check(file, SampleVerdict.Write(format, SampleVerdict.Incomplete));

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_culture_of_a_program_that_embeds_the_library_changes_nothing(string format)
    {
        byte[] expected = SampleVerdict.Write(format, SampleVerdict.Full);
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ";",
            NumberGroupSeparator = "'",
            NumberGroupSizes = [2],
            NegativeSign = "~",
            PercentSymbol = "p.c.",
            CurrencySymbol = "x",
        };
        culture.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "#", TimeSeparator = "#", ShortDatePattern = "d/M" };
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;

            Assert.Equal("1;5", $"{1.5}");
            Assert.Equal(expected, SampleVerdict.Write(format, SampleVerdict.JudgeFull()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<string> Formats() => [.. Analysis.Reports.ReportFormat.All.Select(format => format.Name)];
}
