using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>Ten thousand findings with hostile names stay within what the readers take.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ReportLimitTests
{
    [Fact]
    public void SARIF_keeps_the_worst_and_counts_the_rest()
    {
        byte[] sarif = SampleVerdict.Write("sarif", SampleVerdict.Huge);
        using JsonDocument document = JsonDocument.Parse(sarif);
        JsonElement run = document.RootElement.GetProperty("runs")[0];
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];

        Assert.Equal(SarifReport.MaxResults, results.Length);
        Assert.Equal(5000, run.GetProperty("properties").GetProperty("omittedResults").GetInt64());
        Assert.Equal(results.Length, results.Select(Fingerprint).Distinct().Count());

        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(sarif);
        }

        Assert.True(zipped.Length < 10_000_000, $"{zipped.Length} bytes zipped");
    }

    [Fact]
    public void Markdown_fits_into_a_comment_and_closes_what_it_opens()
    {
        byte[] markdown = SampleVerdict.Write("markdown", SampleVerdict.Huge);
        string text = Encoding.UTF8.GetString(markdown);

        Assert.InRange(markdown.Length, 50_000, MarkdownReport.MaxBytes);
        Assert.Equal(Count(text, "<details"), Count(text, "</details>"));
        Assert.Equal(Count(text, "<ul>"), Count(text, "</ul>"));
        Assert.Equal(Count(text, "<li>"), Count(text, "</li>"));
        Assert.Contains(" more</li>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_of_a_level_stay_within_ten_and_say_how_many_there_are()
    {
        string[] lines = SampleVerdict.Text("github", SampleVerdict.Huge).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(GitHubReport.MaxPerLevel, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("::error ", line, StringComparison.Ordinal));
        Assert.Contains("9,991 more", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_counts_what_it_lists()
    {
        XmlDocument document = new();
        document.LoadXml(SampleVerdict.Text("junit", SampleVerdict.Huge));
        XmlElement suite = (XmlElement)document.SelectSingleNode("/testsuites/testsuite")!;

        Assert.Equal(suite.GetAttribute("tests"), $"{suite.SelectNodes("testcase")!.Count}");
        Assert.Equal(suite.GetAttribute("failures"), $"{suite.SelectNodes("testcase/failure")!.Count}");
        Assert.Equal("10000", suite.GetAttribute("failures"));
    }

    [Fact]
    public void GitLab_entries_have_fingerprints_of_their_own()
    {
        using JsonDocument document = JsonDocument.Parse(SampleVerdict.Write("gitlab", SampleVerdict.Huge));
        JsonElement[] entries = [.. document.RootElement.EnumerateArray()];

        Assert.Equal(GitLabReport.MaxEntries + 1, entries.Length);
        Assert.Equal(entries.Length, entries.Select(entry => entry.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.Contains("5,000 more", entries[^1].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_is_the_same_on_a_machine_where_every_hash_differs()
    {
        PolicyVerdict here = Policy.Sample.Judge("{}");
        PolicyVerdict there = Policy.Sample.Judge("{}", Policy.Sample.Image1("there").Build());

        Assert.Equal(Fingerprints(here), Fingerprints(there));
        Assert.NotEmpty(Fingerprints(here));
    }

    [Fact]
    public void Annotations_escape_what_GitHub_unescapes_and_show_what_it_would_act_upon()
    {
        const string Text = "a%b\r\nc:d,e";

        Assert.Equal(
            @"::error file=a%25b\x0d\x0ac%3Ad%2Ce,line=7,title=a%25b\x0d\x0ac%3Ad%2Ce::a%25b\x0d\x0ac:d,e",
            WorkflowCommand.Annotation("error", Text, 7, Text, Text).ToString());
    }

    [Theory]
    [MemberData(nameof(GoldenReportTests.Formats), MemberType = typeof(GoldenReportTests))]
    public void No_format_gathers_its_report_before_it_writes(string format)
    {
        using LargestWrite stream = new();
        Assert.True(Analysis.Reports.ReportFormat.TryFind(format, out Analysis.Reports.ReportFormat? found));
        found.Write(SampleVerdict.Huge, stream, "1.2.3");

        // Buffers of 64 KiB, and the finding that fills one beyond it.
        Assert.InRange(stream.Length, 1, 40_000_000);
        Assert.InRange(stream.Largest, 1, 128 * 1024);
    }

    private sealed class LargestWrite : MemoryStream
    {
        public int Largest { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Largest = Math.Max(Largest, buffer.Length);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Largest = Math.Max(Largest, count);
            base.Write(buffer, offset, count);
        }
    }

    private static string[] Fingerprints(PolicyVerdict verdict)
    {
        using JsonDocument document = JsonDocument.Parse(SampleVerdict.Write("sarif", verdict));
        return [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(Fingerprint)];
    }

    private static string Fingerprint(JsonElement result) =>
        result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
