using System.Text;
using System.Text.Json.Nodes;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Tests.Explaining;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Tests.Reports;

public sealed class SavedReportTests
{
    private static byte[] Save(ClosureReport report)
    {
        using MemoryStream saved = new();
        JsonReport.Write(report, saved, "1");
        return saved.ToArray();
    }

    private static ClosureReport Read(byte[] json) => SavedReport.Read(new MemoryStream(json));

    [Fact]
    public void What_is_read_is_what_was_saved() => RandomClosure.ForEach(100, (report, _) =>
    {
        byte[] json = Save(report);
        ClosureReport saved = Read(json);

        Assert.True(saved.IsSaved);
        Assert.Equal(report.Roots, saved.Roots);
        Assert.Equal((report.Host, report.HostFrom.Origin, report.Build), (saved.Host, saved.HostFrom.Origin, saved.Build));
        Assert.Equal(report.HostFrom.Evidence, saved.HostFrom.Evidence);
        Assert.Equal(report.Paths.Select(Facts), saved.Paths.Select(Facts));
        Assert.Equal(report.Findings.Select(leak => leak.Key), saved.Findings.Select(leak => leak.Key));

        // The cut may differ: it is made anew of what the report knows. Everything else comes out as it went in.
        Assert.Equal(WithoutReadings(json), WithoutReadings(Save(saved)));
    });

    [Fact]
    public void Cut_of_a_saved_report_frees_every_leak_and_names_no_file_that_the_scan_does_not() => RandomClosure.ForEach(100, (report, _) =>
    {
        ClosureReport saved = Read(Save(report));
        ClosureCut cut = CutFinder.ForFindings(saved);
        ClosureCut scanned = CutFinder.ForFindings(report);
        KnownReferences known = new(report);

        Assert.Equal(scanned.Targets, cut.Targets);
        Assert.Subset(cut.Freed.ToHashSet(), cut.Targets.ToHashSet());
        Assert.All(cut.Edits.Where(edit => edit.To is not null), edit => Assert.Subset(known.Find(edit.From, edit.To!)!.Evidence.Select(item => item.File).ToHashSet(), edit.Files.ToHashSet()));
        if (scanned.Edits.All(edit => edit.Fix is not null) && cut.Edits.All(edit => edit.Fix is not null))
        {
            Assert.Equal(scanned.Edits.Select(edit => (edit.From, edit.To, edit.FileCount)), cut.Edits.Select(edit => (edit.From, edit.To, edit.FileCount)));
        }
    });

    [Fact]
    public void Dropping_a_reference_has_the_same_outcome() => RandomClosure.ForEach(100, (report, random) =>
    {
        if (report.Graph.EdgeCount > 0)
        {
            int edge = random.Next(report.Graph.EdgeCount);
            ProposedEdit drop = ProposedEdit.DropReferences("x", [report.Graph.Paths[report.Graph.EdgeSource(edge)]], [report.Graph.Paths[report.Graph.EdgeTarget(edge)]]);
            WhatIfReport scanned = EditTrial.Run(report, [drop]);
            WhatIfReport saved = EditTrial.Run(Read(Save(report)), [drop]);

            Assert.Equal(scanned.Freed.Select(path => path.Path), saved.Freed.Select(path => path.Path));
            Assert.Equal((scanned.FreedBytes, scanned.ClosureSizeAfter), (saved.FreedBytes, saved.ClosureSizeAfter));
            Assert.Equal(scanned.FindingsGone.Select(leak => leak.Key), saved.FindingsGone.Select(leak => leak.Key));
            Assert.Equal(scanned.FindingsLeft.Select(leak => leak.Key), saved.FindingsLeft.Select(leak => leak.Key));
        }
    });

    [Fact]
    public void Chain_of_a_saved_report_has_the_bytes_of_findings_and_says_that_it_knows_no_others() => RandomClosure.ForEach(100, (report, random) =>
    {
        StorePath target = report.Graph.Paths[random.Next(report.Graph.NodeCount)];
        WhyPlan plan = WhyPlan.Create(report.Graph, [target], WhyScope.AllChains, 1000);
        WhyReport scanned = plan.Explain(report);
        WhyReport saved = plan.Explain(Read(Save(report)));

        Assert.Equal((false, true), (scanned.IsSaved, saved.IsSaved));
        Assert.Equal(scanned.ChainCount, saved.ChainCount);
        Assert.All(scanned.References.Zip(saved.References), pair =>
        {
            bool isFinding = report.Findings.Any(leak => leak.From.Equals(pair.First.From) && pair.First.To.Equals(leak.To));
            Assert.Equal((pair.First.From, pair.First.To, pair.First.ChainLength), (pair.Second.From, pair.Second.To, pair.Second.ChainLength));
            Assert.Equal(isFinding, pair.Second.WasRead);
            Assert.Equal(isFinding ? pair.First.Evidence.Select(item => (item.File, item.Offset)).Distinct() : [], pair.Second.Evidence.Select(item => (item.File, item.Offset)).Distinct());
        });
    });

    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData("""{ "schema": "closurescan/2", "paths": [""", "line 1, byte 40")]
    [InlineData("[]", "")]
    [InlineData("{}", "schema")]
    [InlineData("""{ "schema": "closurescan/9" }""", "schema")]
    [InlineData("""{ "schema": "closurescan/1", "command": "why" }""", "command")]
    [InlineData("""{ "schema": "closurescan/2", "paths": [{ "path": "x" }] }""", "paths[0].side")]
    [InlineData("""{ "schema": "closurescan/2", "paths": [{ "path": "x", "side": "host" }] }""", "paths[0].path")]
    [InlineData("""{ "schema": "closurescan/2", "paths": [], "roots": [] }""", "roots")]
    public void Report_that_is_none_is_refused_with_the_place(string json, string location) =>
        Assert.Equal(location, Assert.Throws<ReportFormatException>(() => Read(Encoding.UTF8.GetBytes(json))).Location);

    [Theory]
    [InlineData("hostFrom.kind", "guess")]
    [InlineData("host", "a toaster")]
    [InlineData("findings[0].occurrences[0].effect", "annoys")]
    [InlineData("findings[0].from", "/nix/store/00000000000000000000000000000000-nowhere")]
    [InlineData("findings[0].to", "/nix/store/00000000000000000000000000000000-nowhere")]
    [InlineData("findings[0].occurrences[0].mechanism", "magic")]
    [InlineData("paths[0].side", "outside")]
    [InlineData("roots[0]", "/nix/store/00000000000000000000000000000000-nowhere", "paths")]
    public void Member_that_makes_no_sense_is_named(string member, string value, string? location = null)
    {
        JsonNode report = JsonNode.Parse(Save(SampleVerdict.Full.Report))!;
        string[] steps = member.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        JsonNode parent = steps[..^1].Aggregate(report, (node, step) => node is JsonArray items ? items[Index(step)]! : node[step]!);
        if (parent is JsonArray array)
        {
            array[Index(steps[^1])] = value;
        }
        else
        {
            parent[steps[^1]] = value;
        }

        Assert.Equal(location ?? member, Assert.Throws<ReportFormatException>(() => Read(Encoding.UTF8.GetBytes(report.ToJsonString()))).Location);

        static int Index(string step) => int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static object Facts(AnalyzedPath path) => (
        path.Path, path.NarSize, path.ClosureSize, path.AddedSize, path.Side, path.Because, string.Join(' ', path.References), string.Join(' ', path.Platforms));

    private static string WithoutReadings(byte[] json)
    {
        JsonObject report = JsonNode.Parse(json)!.AsObject();
        foreach (string member in (string[])["cut", "scanned"])
        {
            report.Remove(member);
        }

        return report.ToJsonString();
    }
}
