using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Comparing;

public sealed class ClosureDiffTests
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    private static ClosureReport Analyze(ClosureBuilder closure) => ClosureAnalyzer.Analyze(closure.Build());

    private static ClosureBuilder Image(string salt, string curl, Action<ClosurePathBuilder>? leak = null) => new ClosureBuilder { Salt = salt }
        .Add($"image-{Suffix}-1", path => path.Refers($"curl-{Suffix}-{curl}", file: "sw/bin/curl"))
        .Add($"curl-{Suffix}-{curl}", path =>
        {
            path.Program("bin/curl", "armv7l-linux").Size(5000 + curl.Length).Refers($"zlib-{Suffix}-1.3");
            leak?.Invoke(path);
        })
        .Add($"zlib-{Suffix}-1.3", path => path.Library("lib/libz.so", "armv7l-linux"))
        .Add("gcc-13", path => path.Size(90_000).Program("bin/gcc", "x86_64-linux"));

    private static ClosureBuilder Leaky(string salt, string curl) =>
        Image(salt, curl, path => path.Refers("gcc-13", Mechanism.ConfigScript, "bin/curl-config"));

    private static ClosureSnapshot Clean(string salt, string curl) => ClosureSnapshot.Of(Analyze(new ClosureBuilder { Salt = salt }
        .Add($"image-{Suffix}-1", path => path.Refers($"curl-{Suffix}-{curl}", file: "sw/bin/curl"))
        .Add($"curl-{Suffix}-{curl}", path => path.Program("bin/curl", "armv7l-linux").Size(5000 + curl.Length).Refers($"zlib-{Suffix}-1.3"))
        .Add($"zlib-{Suffix}-1.3", path => path.Library("lib/libz.so", "armv7l-linux"))));

    private static void DeltasAddUp(ClosureDiff diff) => Assert.Equal(diff.Delta, diff.Changes.Sum(change => change.Delta));

    [Fact]
    public void Rebuilt_and_updated_paths_are_changes_of_themselves()
    {
        ClosureDiff diff = ClosureDiff.Compare(Clean("a", "8.9"), Clean("b", "8.10.1"));

        Assert.All(diff.Changes, change => Assert.Equal(
            Platforms.StorePathName.Parse(change.Before!.Name).PackageName, Platforms.StorePathName.Parse(change.After!.Name).PackageName));
        Assert.Equal(3, diff.Changes.Length);
        Assert.Equal(3, diff.Delta);
        DeltasAddUp(diff);
    }

    [Fact]
    public void Added_path_names_the_new_reference_that_brought_it_and_its_file()
    {
        ClosureDiff diff = ClosureDiff.Compare(Clean("a", "8.9"), ClosureSnapshot.Of(Analyze(Leaky("b", "8.9"))));

        PathChange gcc = Assert.Single(diff.Changes, change => change.Before is null);
        Assert.Equal(($"curl-{Suffix}-8.9", "gcc-13"), (gcc.BroughtBy!.Value.From.Name, gcc.BroughtBy.Value.To.Name));
        Assert.Equal("bin/curl-config", Assert.Single(gcc.Evidence).File);
        Assert.Equal(90_000, diff.Delta);
        DeltasAddUp(diff);
    }

    [Fact]
    public void Leaks_are_told_apart_by_what_survives_a_rebuild()
    {
        ClosureSnapshot leaky = ClosureSnapshot.Of(Analyze(Leaky("a", "8.9")));

        ClosureDiff came = ClosureDiff.Compare(Clean("b", "8.9"), leaky);
        ClosureDiff stayed = ClosureDiff.Compare(leaky, ClosureSnapshot.Of(Analyze(Leaky("c", "8.10"))));
        ClosureDiff went = ClosureDiff.Compare(leaky, Clean("b", "8.9"));

        Assert.Equal((1, 0, 0), Changes(came));
        Assert.Equal((0, 0, 1), Changes(stayed));
        Assert.Equal((0, 1, 0), Changes(went));

        static (int New, int Gone, int Same) Changes(ClosureDiff diff) =>
            (diff.Select(OccurrenceChange.New).Count(), diff.Comparison.Gone.Length, diff.Select(OccurrenceChange.Same).Count());
    }

    [Fact]
    public void Closure_differs_from_itself_in_nothing()
    {
        ClosureSnapshot snapshot = ClosureSnapshot.Of(Analyze(Leaky("a", "8.9")));
        ClosureDiff diff = ClosureDiff.Compare(snapshot, snapshot);

        Assert.Empty(diff.Changes);
        Assert.Equal(4, diff.SameCount);
    }

    [Fact]
    public void Saved_report_compares_like_the_scan_it_was_saved_from()
    {
        ClosureReport report = Analyze(Leaky("a", "8.9"));
        using MemoryStream saved = new();
        JsonReport.Write(report, saved, "1");
        saved.Position = 0;

        ClosureSnapshot read = ClosureSnapshot.Of(SavedReport.Read(saved));
        ClosureDiff diff = ClosureDiff.Compare(read, ClosureSnapshot.Of(report));

        Assert.Empty(diff.Changes);
        Assert.Equal(report.Findings.Length, diff.Select(OccurrenceChange.Same).Count());
        Assert.Equal(report.Findings.SelectMany(leak => leak.Evidence).Select(item => (item.File, item.Offset)), read.Findings.SelectMany(leak => leak.Evidence).Select(item => (item.File, item.Offset)));
    }

    [Fact]
    public void Sum_is_the_size_of_all_paths() =>
        Assert.Equal(Analyze(Leaky("a", "8.9")).Closure.Paths.Sum(path => path.Info.NarSize), ClosureDiff.Sum(ClosureGraph.Create(Leaky("a", "8.9").Build())));
}
