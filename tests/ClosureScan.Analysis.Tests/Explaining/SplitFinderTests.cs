using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

[Trait(Tier.Name, Tier.Laws)]
public sealed class SplitFinderTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";

    private static readonly AnalysisOptions OnArm = new() { Host = Platforms.Platform.TryParse(Arm, out Platforms.Platform? arm) ? arm : null };

    // A library whose three files for developers alone name what developers need.
    private static ClosureBuilder Library() => new ClosureBuilder()
        .Add("image", path => path.Refers("lib", file: "sw"))
        .Add("lib", path => path.Library("lib/a.so", Arm).Library("lib/b.so", Arm).Program("bin/c", Arm).Program("bin/d", Arm)
            .Refers("dev", Mechanism.PkgConfig, "lib/pkgconfig/a.pc").Refers("dev", Mechanism.Cmake, "lib/cmake/a.cmake")
            .Refers("gcc", Mechanism.Cmake, "lib/cmake/a.cmake").Refers("libc", Mechanism.ElfNeeded, "lib/a.so"))
        .Add("dev", path => path.Size(100).Refers("headers"))
        .Add("gcc", path => path.Size(50).Program("bin/gcc", Intel).Refers("headers"))
        .Add("headers", path => path.Size(7000))
        .Add("libc", path => path.Size(10).Library("lib/libc.so", Arm));

    private static ClosureReport Analyze(ClosureBuilder closure) => ClosureAnalyzer.Analyze(closure.Build(), OnArm);

    private static string Line(FileSplit split) => $"{split.Path.Name}: {string.Join(' ', split.Files)}";

    [Fact]
    public void Files_that_alone_carry_a_tree_are_told_with_their_size_and_what_they_free()
    {
        FileSplit split = SplitFinder.Find(Analyze(Library()), 1)[0];

        Assert.Equal("lib: lib/cmake/a.cmake lib/pkgconfig/a.pc", Line(split));
        Assert.Equal((200L, 6L, 7150L), (split.FileBytes, split.PathFileCount, split.FreedBytes));
        Assert.Equal(["dev", "gcc", "headers"], split.Freed.Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["dev", "gcc"], split.References.Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Smaller_set_that_frees_a_part_is_told_too() =>
        Assert.Contains("lib: lib/cmake/a.cmake", SplitFinder.Find(Analyze(Library()), 10).Where(split => split.FreedBytes == 50).Select(Line));

    [Fact]
    public void Symlinks_alone_and_most_of_a_path_are_no_split()
    {
        ClosureReport report = Analyze(new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("app", Mechanism.SymlinkTarget, "sw/app"))
            .Add("app", path => path.Program("bin/app", Arm).Refers("data", file: "bin/app").Refers("data", file: "share/app"))
            .Add("data", path => path.Size(5000)));

        Assert.Empty(SplitFinder.Find(report, 10));
    }

    [Fact]
    public void Build_tools_are_not_split()
    {
        ClosureReport report = Analyze(new ClosureBuilder()
            .Add("image", path => path.Program("bin/a", Arm).Program("bin/b", Arm).Refers("gcc", file: "share/doc"))
            .Add("gcc", path => path.Program("bin/gcc", Intel).Program("bin/g++", Intel).Refers("manual", file: "share/doc"))
            .Add("manual"));

        Assert.Equal(["image: share/doc"], SplitFinder.Find(report, 10).Select(Line));
    }

    [Fact]
    public void Reference_whose_files_are_not_all_known_stays()
    {
        ScannedClosure closure = Library().Build();
        ScannedClosure bounded = closure with
        {
            Paths = [.. closure.Paths.Select(path => path with
            {
                Scan = path.Scan! with { References = [.. path.Scan.References.Select(found => found with { Evidence = [found.Evidence[0]] })] },
            })],
        };

        Assert.DoesNotContain(SplitFinder.Find(ClosureAnalyzer.Analyze(bounded, OnArm), 10), split => split.References.Any(path => path.Name == "dev"));
    }

    [Fact]
    public void Saved_report_is_refused_because_it_does_not_tell_the_files()
    {
        using MemoryStream saved = new();
        JsonReport.Write(Analyze(Library()), saved, "1");
        saved.Position = 0;

        Assert.Throws<ArgumentException>(() => SplitFinder.Find(SavedReport.Read(saved), 1));
    }

    [Fact]
    public void Splits_are_the_smallest_sets_of_files_whose_move_frees_something() => RandomClosure.ForEach(400, (report, random) =>
    {
        ImmutableArray<FileSplit> splits = SplitFinder.Find(report, int.MaxValue);

        Assert.Equal(
            report.Paths.Where(path => path.Side != PathSide.Foreign).SelectMany(path => SmallestSets(report, path.Path)).Order(StringComparer.Ordinal),
            splits.Select(Line).Order(StringComparer.Ordinal));
        Assert.All(splits, split =>
        {
            WhatIfReport trial = Move(report, split.Path, split.Files);
            Assert.Equal((trial.FreedBytes, split.Freed.Length), (split.FreedBytes, trial.Freed.Length));
            Assert.Equal(trial.Dropped.Select(edge => edge.To), split.References);
        });
        int limit = random.Next(1, 4);
        Assert.Equal(splits.Take(limit).Select(Line), SplitFinder.Find(report, limit).Select(Line));
    }, maxPaths: 8);

    /// <summary>By trying: for each path that any files free, the fewest files that free it.</summary>
    private static IEnumerable<string> SmallestSets(ClosureReport report, StorePath path)
    {
        PathScan scan = report.Closure.Paths.Single(item => item.Info.Path.Equals(path)).Scan!;
        string[] files = [.. scan.References.SelectMany(found => found.Evidence).Select(item => item.File).Distinct()];
        (string[] Files, HashSet<StorePath> Freed)[] trials =
        [
            .. Enumerable.Range(1, (1 << files.Length) - 1)
                .Select(set => files.Where((_, index) => (set >> index & 1) != 0).Order(StringComparer.Ordinal).ToArray())
                .OrderBy(set => set.Length)
                .Select(set => (set, Move(report, path, set).Freed.Select(gone => gone.Path).ToHashSet())),
        ];
        return report.Graph.Paths
            .Select(freed => trials.FirstOrDefault(trial => trial.Freed.Contains(freed)).Files)
            .Where(set => set is not null && !set.Any(file => file.StartsWith("link", StringComparison.Ordinal)) && 2 * set.Length <= scan.FileCount)
            .Select(set => $"{path.Name}: {string.Join(' ', set)}")
            .Distinct();
    }

    private static WhatIfReport Move(ClosureReport report, StorePath path, IEnumerable<string> files) =>
        EditTrial.Run(report, [.. files.Select(file => ProposedEdit.SplitFiles(file, [path], GlobPattern.Parse(file)))]);
}
