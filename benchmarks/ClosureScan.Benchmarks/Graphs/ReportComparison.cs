using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Paths;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>Times what needs names and evidence beside the graph, from the verdict to the diff, and checks the answers by walking again.</summary>
internal static class ReportComparison
{
    private const int Samples = 10;

    private static readonly AnalysisOptions Options = new() { Host = StoreShapedClosure.Host };

    internal static TimingTable Run(StoreShapedGraph store, int seed, int runs)
    {
        var table = new TimingTable(runs);
        ScannedClosure closure = StoreShapedClosure.Create(store, seed);
        ClosureReport report = table.Time("verdict: sides, findings, groups and what each frees", () => ClosureAnalyzer.Analyze(closure, Options));
        ClosureSizes sizes = ClosureSizes.Compute(report.Graph);
        ImmutableArray<PackageTwins> twins = table.Time("twins of all packages", () => TwinFinder.Find(report.Graph, sizes));
        ImmutableArray<FileSplit> splits = table.Time("the ten best splits of files", () => SplitFinder.Find(report, Samples));
        ClosureCut cut = table.Time("fewest edits that end every leak", () => CutFinder.ForFindings(report));
        ClosureSnapshot before = ClosureSnapshot.Of(report);
        ClosureSnapshot after = ClosureSnapshot.Of(ClosureAnalyzer.Analyze(StoreShapedClosure.CreateLater(store, seed), Options));
        ClosureDiff diff = table.Time("diff with the closure some days later", () => ClosureDiff.Compare(before, after));
        table.Print();
        CheckTwins(report.Graph, twins);
        CheckSplits(report, splits);
        CheckCut(report, cut);
        CheckDiff(store, diff);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Findings.Length:N0} findings; {twins.Length:N0} packages with several paths; splits that free {splits[0].FreedBytes >> 20:N0} to {splits[^1].FreedBytes >> 20:N0} MiB; "
            + $"a cut of {cut.EditCount:N0} edits in {cut.FileCount:N0} files that frees {cut.FreedBytes >> 20:N0} MiB and keeps {cut.Kept.Length:N0} paths for {report.LetThrough.Length:N0} that are right where they are; {diff.Changes.Length:N0} changed paths, "
            + $"{diff.Changes.Count(change => change.Before is null):N0} of them new."));
        return table;
    }

    private static void CheckTwins(ClosureGraph graph, ImmutableArray<PackageTwins> packages)
    {
        PackageVariant[] variants = [.. packages.SelectMany(package => package.Variants).Where(variant => variant.Paths.Length > 1)];
        for (int index = 0; index < variants.Length; index += 1 + variants.Length / Samples)
        {
            int[] nodes = [.. variants[index].Paths.Select(twin => graph.Paths.BinarySearch(twin.Path))];
            Laws.Require(WhatIf.Without(graph, nodes, []).FreedBytes == variants[index].AddedSize, "added size of a variant = what a walk misses");
        }

        Laws.Require(variants.Length > 0, "there are variants of several paths");
    }

    private static void CheckSplits(ClosureReport report, ImmutableArray<FileSplit> splits)
    {
        Laws.Require(splits.Length == Samples, "there are splits");
        foreach (FileSplit split in splits)
        {
            WhatIfReport trial = EditTrial.Run(report, split.Files.Select(file => ProposedEdit.SplitFiles(file, [split.Path], GlobPattern.Parse(file))));
            Laws.Require(trial.FreedBytes == split.FreedBytes && trial.Freed.Select(path => path.Path).SequenceEqual(split.Freed), "a split frees what its trial frees");
        }
    }

    private static void CheckCut(ClosureReport report, ClosureCut cut)
    {
        Laws.Require(cut.IsPossible && cut.Edits.Length > 0, "the cut exists");
        WhatIfReport trial = EditTrial.Run(report, cut.Edits.Where(edit => edit.To is not null).Select(edit => ProposedEdit.DropReferences("", [edit.From], [edit.To!])));
        Laws.Require(trial.FreedBytes == cut.FreedBytes && trial.ClosureSizeAfter == cut.ClosureSizeAfter, "the cut frees what its trial frees");
        HashSet<StorePath> kept = [.. cut.Kept];
        Laws.Require(
            trial.FindingsLeft.All(leak => leak.Rule is not (RuleIds.ForeignReference or RuleIds.ForeignInterpreter) || kept.Contains(leak.To!)),
            "no leak is left but to what accepted references hold");
    }

    private static void CheckDiff(StoreShapedGraph store, ClosureDiff diff)
    {
        Laws.Require(diff.Changes.Sum(change => change.Delta) == diff.Delta, "the deltas add up");
        int replaced = Enumerable.Range(0, store.Sizes.Length).Count(StoreShapedClosure.IsReplaced);
        PathChange[] added = [.. diff.Changes.Where(change => change.Before is null)];
        Laws.Require(added.Length == replaced && diff.Changes.Count(change => change.After is null) == replaced, "what came and went = what was replaced");
        foreach (PathChange change in added)
        {
            Laws.Require(change.BroughtBy is not null && !change.Evidence.IsEmpty, "what brings a path is known by its bytes");
        }
    }
}
