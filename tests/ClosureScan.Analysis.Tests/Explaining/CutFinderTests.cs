using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

public sealed class CutFinderTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";

    private static readonly ClosureBuilder Names = new();
    private static readonly LeakOptions OnArm = new() { Host = Platforms.Platform.TryParse(Arm, out Platforms.Platform? arm) ? arm : null };

    private static LeakReport Analyze(ClosureBuilder closure) => LeakAnalyzer.Analyze(closure.Build(), OnArm);

    private static string[] Lines(ClosureCut cut) => [.. cut.Edits.Select(edit => $"{edit.From.Name} → {edit.To.Name}").Order(StringComparer.Ordinal)];

    // The text refers to three tools of the build, the image to the text by one file.
    private static ClosureBuilder Manual() => new ClosureBuilder()
        .Add("image", path => path.Program("bin/init", Arm).Refers("manual", file: "share/link").Refers("app"))
        .Add("manual", path => path.Refers("perl", file: "a").Refers("gcc", file: "b").Refers("make", file: "c"))
        .Add("app", path => path.Program("bin/app", Arm))
        .Add("perl", path => path.Program("bin/perl", Intel))
        .Add("gcc", path => path.Program("bin/gcc", Intel))
        .Add("make", path => path.Program("bin/make", Intel));

    [Fact]
    public void Path_without_a_platform_goes_when_that_takes_fewer_edits()
    {
        ClosureCut cut = CutFinder.ForLeaks(Analyze(Manual()));

        Assert.Equal(["image → manual"], Lines(cut));
        Assert.Equal((1L, 1L, 4000L, 2000L), (cut.EditCount, cut.FileCount, cut.FreedBytes, cut.ClosureSizeAfter));
    }

    [Fact]
    public void Path_without_a_platform_stays_when_it_leads_to_the_host()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("unit", file: "etc/unit"))
            .Add("unit", path => path.Refers("app", file: "unit").Refers("perl", file: "a").Refers("gcc", file: "b"))
            .Add("app", path => path.Program("bin/app", Arm))
            .Add("perl", path => path.Program("bin/perl", Intel))
            .Add("gcc", path => path.Program("bin/gcc", Intel));

        Assert.Equal(["unit → gcc", "unit → perl"], Lines(CutFinder.ForLeaks(Analyze(closure))));
    }

    [Fact]
    public void Edits_count_the_files_and_a_file_with_two_references_counts_once_as_file()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("perl", file: "a").Refers("perl", file: "b").Refers("gcc", file: "b"))
            .Add("perl", path => path.Program("bin/perl", Intel))
            .Add("gcc", path => path.Program("bin/gcc", Intel));

        ClosureCut cut = CutFinder.ForLeaks(Analyze(closure));

        Assert.Equal((3L, 2L), (cut.EditCount, cut.FileCount));
    }

    [Fact]
    public void Closure_without_leaks_needs_no_edit()
    {
        ClosureCut cut = CutFinder.ForLeaks(Analyze(new ClosureBuilder().Add("image", path => path.Program("bin/init", Arm).Refers("data"))));

        Assert.True(cut.IsPossible);
        Assert.Empty(cut.Edits);
        Assert.Equal((0L, 2000L), (cut.FreedBytes, cut.ClosureSizeAfter));
    }

    [Fact]
    public void Build_tools_are_not_edited()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("a").Refers("b"))
            .Add("a", path => path.Program("bin/a", Arm).Refers("tool"))
            .Add("b", path => path.Program("bin/b", Arm).Refers("tool"))
            .Add("tool", path => path.Program("bin/tool", Intel).Refers("gcc"))
            .Add("gcc", path => path.Program("bin/gcc", Intel));

        ClosureCut cut = CutFinder.ForTargets(Analyze(closure), [Names.PathOf("gcc")]);

        Assert.Equal(["a → tool", "b → tool"], Lines(cut));
        Assert.False(cut.IsForced);
    }

    [Fact]
    public void Library_that_a_program_loads_goes_by_force_only()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Refers("app").Refers("docs"))
            .Add("app", path => path.Program("bin/app", Arm).Refers("lib", Mechanism.ElfNeeded, "bin/app"))
            .Add("docs", path => path.Refers("lib", file: "docs"))
            .Add("lib", path => path.Library("lib/lib.so", Arm));

        ClosureCut loaded = CutFinder.ForTargets(Analyze(closure), [Names.PathOf("lib")]);
        ClosureCut asked = CutFinder.ForTargets(Analyze(closure), [Names.PathOf("app")]);

        Assert.True(loaded.IsForced);
        Assert.Equal(["app → lib", "docs → lib"], Lines(loaded));
        Assert.False(asked.IsForced);
        Assert.Equal(["image → app"], Lines(asked));
    }

    [Fact]
    public void Root_cannot_be_freed()
    {
        ClosureCut cut = CutFinder.ForTargets(Analyze(Manual()), [Names.PathOf("image")]);

        Assert.False(cut.IsPossible);
        Assert.Equal(["image"], cut.UncuttableChain.Select(path => path.Name));
    }

    [Fact]
    public void Cut_frees_every_leak_and_never_what_the_host_is_to_have()
    {
        RandomClosure.ForEach(300, (report, _) =>
        {
            ClosureCut cut = CutFinder.ForLeaks(report);
            Assert.Subset(cut.Freed.ToHashSet(), report.Leaks.Where(leak => leak.To != leak.From).Select(leak => leak.To).ToHashSet());
            Assert.DoesNotContain(HostRegion(report), cut.Freed.Contains);
            Assert.Equal(report.ClosureSize, cut.FreedBytes + cut.ClosureSizeAfter);
            Assert.InRange(cut.EditCount, 0, report.Leaks.Where(leak => leak.To != leak.From).Sum(leak => leak.FileCount));
        });
    }

    /// <summary>The host's paths that the roots reach over paths that are not foreign.</summary>
    private static IEnumerable<StorePath> HostRegion(LeakReport report)
    {
        HashSet<int> region = [.. report.Graph.Roots];
        Stack<int> stack = new(region);
        while (stack.TryPop(out int node))
        {
            foreach (int successor in report.Graph.Successors(node))
            {
                if (report.Paths[successor].Side != PathSide.Foreign && region.Add(successor))
                {
                    stack.Push(successor);
                }
            }
        }

        return region.Select(node => report.Paths[node]).Where(path => path.Side is PathSide.Host or PathSide.Mixed).Select(path => path.Path);
    }
}
