using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

public sealed class CutFinderTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";

    private static readonly ClosureBuilder Names = new();
    private static readonly AnalysisOptions OnArm = new() { Host = Platforms.Platform.TryParse(Arm, out Platforms.Platform? arm) ? arm : null };

    private static ClosureReport Analyze(ClosureBuilder closure) => ClosureAnalyzer.Analyze(closure.Build(), OnArm);

    private static string[] Lines(ClosureCut cut) => [.. cut.Edits.Select(edit => $"{edit.From.Name} → {edit.To?.Name}").Order(StringComparer.Ordinal)];

    // The text refers to three tools of the build, the image to the text by one file.
    private static ClosureBuilder Manual() => new ClosureBuilder()
        .Add("image", path => path.Program("bin/init", Arm).Refers("manual", file: "share/link").Refers("app"))
        .Add("manual", path => path.Refers("perl", file: "a").Refers("gcc", file: "b").Refers("make", file: "c"))
        .Add("app", path => path.Program("bin/app", Arm))
        .Add("perl", path => path.Program("bin/perl", Intel))
        .Add("gcc", path => path.Program("bin/gcc", Intel))
        .Add("make", path => path.Program("bin/make", Intel));

    [Fact]
    public void Leaks_go_and_the_text_that_holds_them_stays()
    {
        ClosureCut cut = CutFinder.ForFindings(Analyze(Manual()));

        Assert.Equal(["manual → gcc", "manual → make", "manual → perl"], Lines(cut));
        Assert.Equal(["gcc", "make", "perl"], cut.Freed.Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_that_holds_the_targets_goes_when_that_takes_fewer_edits_than_mending_it()
    {
        ClosureCut cut = CutFinder.ForTargets(Analyze(Manual()), [Names.PathOf("gcc"), Names.PathOf("make"), Names.PathOf("perl")]);

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

        Assert.Equal(["unit → gcc", "unit → perl"], Lines(CutFinder.ForTargets(Analyze(closure), [Names.PathOf("gcc"), Names.PathOf("perl")])));
    }

    [Fact]
    public void Edits_count_the_files_and_a_file_with_two_references_counts_once_as_file()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("perl", file: "a").Refers("perl", file: "b").Refers("gcc", file: "b"))
            .Add("perl", path => path.Program("bin/perl", Intel))
            .Add("gcc", path => path.Program("bin/gcc", Intel));

        ClosureCut cut = CutFinder.ForFindings(Analyze(closure));

        Assert.Equal((3L, 2L), (cut.EditCount, cut.FileCount));
    }

    [Fact]
    public void Closure_without_leaks_needs_no_edit()
    {
        ClosureCut cut = CutFinder.ForFindings(Analyze(new ClosureBuilder().Add("image", path => path.Program("bin/init", Arm).Refers("data"))));

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
    public void Accepted_finding_is_not_cut_and_what_it_holds_is_told_to_stay()
    {
        ClosureReport report = Analyze(Manual());
        ClosureCut cut = CutFinder.ForFindings(report, report.Findings.Where(leak => leak.To?.Name == "gcc"));

        Assert.Equal(["manual → make", "manual → perl"], Lines(cut));
        Assert.Equal(["gcc"], cut.Kept.Select(path => path.Name));
        Assert.DoesNotContain(cut.Targets, path => path.Name == "gcc");
    }

    [Fact]
    public void Accepted_finding_makes_its_target_impossible_to_free()
    {
        ClosureReport report = Analyze(Manual());
        Finding[] accepted = [.. report.Findings.Where(leak => leak.To?.Name == "gcc")];

        Assert.Equal(["image → manual"], Lines(CutFinder.ForTargets(report, [Names.PathOf("gcc")], accepted)));
        accepted = [.. accepted, accepted[0] with { From = Names.PathOf("image"), To = Names.PathOf("manual") }];
        Assert.Equal(["image", "manual", "gcc"], CutFinder.ForTargets(report, [Names.PathOf("gcc")], accepted).UncuttableChain.Select(path => path.Name));
    }

    [Fact]
    public void Foreign_code_that_is_right_where_it_is_stays_where_it_is()
    {
        ClosureReport report = Analyze(Manual());
        ClosureReport letThrough = report with
        {
            LetThrough = [new LetThrough { Kind = LegitimateKind.Firmware, Path = Names.PathOf("manual"), To = Names.PathOf("perl"), FileCount = 1, Files = ["a"] }],
        };

        Assert.Equal(["manual → gcc", "manual → make"], Lines(CutFinder.ForFindings(letThrough)));
    }

    [Fact]
    public void Cut_of_the_leaks_is_the_cheapest_that_leaves_the_hosts_side_whole() => RandomClosure.ForEach(600, (report, random) =>
    {
        Finding[] accepted = [.. report.Findings.Where(_ => random.Next(5) == 0)];
        ClosureCut cut = CutFinder.ForFindings(report, accepted);
        HashSet<int> region = CutOracle.HostRegion(report);
        CutOracle oracle = new(report, accepted, edge => !CutOracle.IsForeign(report, edge.Source));
        if (!oracle.IsSmall)
        {
            return;
        }

        HashSet<int> targets = [.. report.Findings.Where(IsReference).Select(leak => oracle.Node(leak.To!)).Where(node => !cut.Kept.Contains(report.Graph.Paths[node]))];

        // References to what stays, and files that are wrong themselves, are edits that free nothing.
        long edits = cut.Edits.Where(edit => edit.To is not null && !cut.Kept.Contains(edit.To)).Sum(edit => edit.FileCount);
        Assert.Equal(oracle.Cheapest(targets, kept: region), (edits, cut.FreedBytes));
        Assert.Equal(targets.Order(), cut.Targets.Select(oracle.Node).Order());
        Assert.Equal(report.ClosureSize, cut.FreedBytes + cut.ClosureSizeAfter);

        // And none of those that are told to stay could be freed, either.
        Assert.All(cut.Kept, path => Assert.Null(oracle.Cheapest([oracle.Node(path)], kept: region)));
    }, maxPaths: 6);

    [Fact]
    public void Cut_of_targets_is_the_cheapest_that_spares_what_the_host_is_to_have_or_else_the_cheapest_of_all() => RandomClosure.ForEach(600, (report, random) =>
    {
        HashSet<int> targets = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(1, report.Graph.NodeCount))];
        targets.ExceptWith(report.Graph.Roots.ToArray());
        ClosureCut cut = CutFinder.ForTargets(report, targets.Select(node => report.Graph.Paths[node]));
        HashSet<int> wanted = CutOracle.Wanted(report);
        CutOracle spares = new(report, [], edge => !CutOracle.IsForeign(report, edge.Source)
            && (targets.Contains(edge.Target) ? !CutOracle.IsHosts(report, edge.Target) || !CutOracle.IsLoaded(report, edge) : !wanted.Contains(edge.Target)));
        CutOracle forces = new(report, [], _ => true);
        if (forces.IsSmall)
        {
            (long Edits, long Freed)? sparing = spares.Cheapest(targets, kept: []);

            Assert.Equal(sparing ?? forces.Cheapest(targets, kept: []), (cut.EditCount, cut.FreedBytes));
            Assert.Equal(sparing is null, cut.IsForced);
        }
    }, maxPaths: 6);

    [Fact]
    public void Cut_ends_every_finding_that_it_does_not_say_it_leaves() => RandomClosure.ForEach(600, (report, random) =>
    {
        Finding[] accepted = [.. report.Findings.Where(_ => random.Next(5) == 0)];
        ClosureCut cut = CutFinder.ForFindings(report, accepted);

        WhatIfReport trial = EditTrial.Run(report, cut.Edits.SelectMany(edit => edit.To is { } to
            ? [ProposedEdit.DropReferences("", [edit.From], [to]), .. Wrong(report, edit)]
            : edit.Files.Select(file => ProposedEdit.SplitFiles("", [edit.From], GlobPattern.Parse(file)))));

        Assert.Equal((trial.FreedBytes, trial.ClosureSizeAfter), (cut.FreedBytes, cut.ClosureSizeAfter));
        Assert.Equal(Keys(trial.FindingsLeft.Except(accepted)), Keys(cut.Left));
        Assert.Equal(cut.EditCount, cut.Edits.Sum(edit => edit.FileCount));
    });

    [Fact]
    public void A_file_that_is_wrong_itself_is_an_edit_and_a_budget_is_told_to_be_left()
    {
        ClosureReport report = Analyze(new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Program("bin/wrong", Intel).Refers("perl", file: "share/a"))
            .Add("perl", path => path.Program("bin/perl", Intel)));
        PolicyVerdict verdict = PolicyJudge.Judge(report, new ClosurePolicy { Budgets = [new SizeBudget { Root = GlobPattern.Parse("image"), Maximum = 1 }] });

        ClosureCut cut = CutFinder.ForFindings(verdict.Report);

        Assert.Equal(["image → ", "image → perl"], Lines(cut));
        Assert.Equal((2L, 2L), (cut.EditCount, cut.FileCount));
        Assert.Contains("compile for armv7l-linux", cut.Edits.Single(edit => edit.To is null).Fix, StringComparison.Ordinal);
        Assert.Equal([RuleIds.SizeBudget], cut.Left.Select(finding => finding.Rule));
        Assert.Equal(["perl"], cut.BestPaths.Select(path => path.Path.Name));
    }

    /// <summary>The files of an edit that are wrong themselves: they are built anew, and what they name goes with them.</summary>
    private static IEnumerable<ProposedEdit> Wrong(ClosureReport report, ClosureEdit edit) =>
        from finding in report.Findings
        where finding.Rule == RuleIds.ForeignBinary && finding.From.Equals(edit.From)
        from file in finding.Occurrences.Select(occurrence => occurrence.File!).Intersect(edit.Files)
        select ProposedEdit.SplitFiles("", [edit.From], GlobPattern.Parse(file));

    private static IEnumerable<string> Keys(IEnumerable<Finding> findings) => findings.Select(finding => finding.Key).Order(StringComparer.Ordinal);

    private static bool IsReference(Finding leak) => leak.Rule is RuleIds.ForeignInterpreter or RuleIds.ForeignReference;
}
