using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>scan</c> for a reviewer: worst first, a block a finding, a summary at the end.</summary>
/// <param name="report">The report.</param>
/// <param name="writer">Where to.</param>
/// <param name="filesShown">The most places of a finding; the others are counted.</param>
internal sealed class LeakText(ClosureReport report, StyledWriter writer, int filesShown = LeakText.FilesShown)
{
    private const int LabelColumn = 4;
    private const int ValueColumn = 12;
    private const int TreesShown = 3;
    /// <summary>How many places of a finding a report shows unless it is asked for all.</summary>
    public const int FilesShown = 5;


    private readonly PathLabels _labels = new(report.Paths.Select(path => path.Path));

    public void Write()
    {
        WriteFindings();
        WriteSummary();
    }

    /// <summary>Everything but the summary.</summary>
    public void WriteFindings()
    {
        WriteHeader();
        int number = 0;
        foreach (FindingGroup group in report.Groups)
        {
            WriteGroup(group);
            foreach (Finding finding in group.Findings)
            {
                WriteFinding(++number, finding);
            }
        }

        ProblemText.Write(writer, report.Closure.Problems);
        RemarkText.Write(writer, report.Closure);
    }

    private void WriteHeader()
    {
        foreach (StorePath root in report.Roots)
        {
            Label("root", 0).Words(_labels[root], Style.Strong).Line();
        }

        Label("host", 0);
        if (report.Host is null)
        {
            writer.Words(
                report.HostFrom.Evidence.IsEmpty ? "unknown: no program in the closure and no name tells; say --host SYSTEM"
                    : $"unknown: as much speaks for one as for another ({string.Join("; ", report.HostFrom.Evidence)}); say --host SYSTEM", Style.Warning);
        }
        else
        {
            writer.Words(report.Host.System, Style.Strong).Words(report.HostFrom.Origin switch
            {
                HostOrigin.Option => "(as told)",
                HostOrigin.Derivation => "(from the derivation of the root)",
                HostOrigin.SystemFile => "(from the system file of the root)",
                HostOrigin.Names => "(from the names of the paths)",
                HostOrigin.Root => "(from what the root starts)",
                _ => "(from most paths of the closure)",
            }, Style.Dim);
            if (report.HostFrom.Contradiction is { } contradiction)
            {
                writer.Words($"[{contradiction}]", Style.Warning);
            }

            if (report.HostFrom.Origin != HostOrigin.Option && report.HostFrom.Evidence.Length > 1)
            {
                writer.Words($"[{string.Join("; ", report.HostFrom.Evidence)}]", Style.Dim);
            }
        }

        if (report.Build is { } build)
        {
            writer.Raw(", built on ").Words(build.System, Style.Strong);
        }

        writer.Line().Line();
    }

    /// <summary>One line above the findings of a tree: what it weighs, and what has to let go of it.</summary>
    private void WriteGroup(FindingGroup group)
    {
        if (group.Target is not { } target)
        {
            return;
        }

        string findings = Quantity.Count(group.Findings.Length, "finding");
        writer.Indent(LabelColumn).Words(Quantity.Bytes(Math.Max(group.TreeBytes, group.FreedBytes)), Style.Strong).Words(_labels[target], Style.Accent)
            .Words(group.Parts.IsEmpty ? "" : $"with {string.Join(", ", group.Parts.Select(part => $"{part.Path.Name} {Quantity.Bytes(part.NarSize)}"))}", Style.Dim)
            .Words(
                group.IsKept ? $"— stays: something that is no finding holds it beside {findings}"
                : group.AlsoHeldBy.IsEmpty ? $"— freed when {findings} {(group.Findings.Length == 1 ? "lets" : "let")} go"
                : $"— freed when {findings} and those of {string.Join(", ", group.AlsoHeldBy.Select(other => other.Name))} let go", Style.Dim).Line().Line();
    }

    private void WriteFinding(int number, Finding finding)
    {
        bool breaks = finding.Effect == Effect.Breaks;
        writer.Indent(ValueColumn).Column(0).Raw($"{number,2}").Column(LabelColumn)
            .Words(finding.Severity == Severity.Note ? "note" : breaks ? "BREAKS" : "bloats", breaks ? Style.Bad : Style.Warning).Column(ValueColumn)
            .Words(finding.Rule, Style.Strong)
            .Words(Cost(finding), Style.Dim).Line();
        Label("in").Words(_labels[finding.From], Style.Strong).Line();
        if (finding.To is { } to)
        {
            Label("names").Words(_labels[to], Style.Accent);
            if (PlatformOf(to) is { } platform)
            {
                writer.Words($"({platform})", Style.Dim);
            }

            writer.Line();
        }

        WriteOccurrences(finding);
        if (finding.Chain.Length > 2)
        {
            Label("chain");
            for (int i = 0; i < finding.Chain.Length; i++)
            {
                writer.Words((i == 0 ? "" : "→ ") + finding.Chain[i].Name);
            }

            writer.Line();
        }

        foreach (string fix in finding.Occurrences.Take(filesShown).Select(occurrence => occurrence.Fix).Distinct())
        {
            Label("fix").Words(fix, Style.Good).Line();
        }

        writer.Line();
    }

    private static string Cost(Finding finding) => finding switch
    {
        { FreedBytes: > 0 } => $"— mending it frees {Quantity.Bytes(finding.FreedBytes)}",
        { To: not null } => "— mending it alone frees nothing: something else holds the same paths",
        { ByteCount: > 0 } => $"— {Quantity.Bytes(finding.ByteCount)}",
        _ => "",
    };

    private void WriteOccurrences(Finding finding)
    {
        foreach (Occurrence occurrence in finding.Occurrences.Take(filesShown))
        {
            if (occurrence.Evidence is not { } evidence)
            {
                Label("file").Words("registered by the store; the bytes were not read", Style.Dim).Line();
                continue;
            }

            Label("file").Words(EvidenceText.Place(evidence), Style.Strong)
                .Words(finding.Rule == RuleIds.ForeignBinary ? evidence.Section ?? "" : EvidenceText.Where(evidence, occurrence.Count), Style.Dim).Line();
            if (evidence.Context is { Length: > 0 } context)
            {
                writer.Column(ValueColumn).Words(context.Trim()).Line();
            }
        }

        int rest = finding.Occurrences.Length - filesShown;
        if (rest > 0)
        {
            writer.Column(ValueColumn).Words($"and {Quantity.Count(rest, "more place")}: {string.Join(", ", Kinds(finding.Occurrences.Skip(filesShown)))}; --all-files shows all", Style.Dim).Line();
        }
    }

    /// <summary>What the places are that are not shown: <c>40 text, 3 executable script-body</c>.</summary>
    private static IEnumerable<string> Kinds(IEnumerable<Occurrence> occurrences) =>
        from occurrence in occurrences
        group occurrence by (Executable: occurrence.Evidence?.Executable == true, Mechanism: occurrence.Mechanism?.ToName() ?? "unread") into kind
        orderby kind.Count() descending, kind.Key.Mechanism, kind.Key.Executable
        select $"{kind.Count()}{(kind.Key.Executable ? " executable" : "")} {kind.Key.Mechanism}";

    private string? PlatformOf(StorePath path)
    {
        int index = report.Paths.AsSpan().BinarySearch(new PathKey(path));
        if (index < 0)
        {
            return null;
        }

        // A cross compiler holds more libraries for the host than programs for the build; what makes it foreign is the latter.
        ImmutableArray<string> platforms = report.Paths[index].Platforms;
        return report.Build is { } build && platforms.Contains(build.System) ? build.System : platforms.FirstOrDefault();
    }

    private void WriteSummary()
    {
        writer.Indent(0);
        int notes = report.Findings.Count(finding => finding.Severity == Severity.Note);
        int breaking = report.Findings.Count(finding => finding.Severity != Severity.Note && finding.Effect == Effect.Breaks);
        int bloating = report.Findings.Length - breaking - notes;
        if (breaking + bloating == 0)
        {
            writer.Words(
                report.Closure switch
                {
                    { IsComplete: false } => "No leak found in what could be read.",
                    { Depth: ScanDepth.Metadata } => "No leak can be told from names and references alone.",
                    { Depth: ScanDepth.Suspects } => "No registered leak found.",
                    _ => "No leak found.",
                },
                report.Closure is { IsComplete: true, Depth: ScanDepth.Contents or ScanDepth.Deep } ? Style.Good : Style.Warning);
        }
        else
        {
            writer.Words(Quantity.Count(breaking + bloating, "finding") + ":", Style.Strong)
                .Words($"{breaking} {(breaking == 1 ? "breaks" : "break")},", breaking > 0 ? Style.Bad : Style.Plain)
                .Words($"{bloating} {(bloating == 1 ? "bloats" : "bloat")}.", bloating > 0 ? Style.Warning : Style.Plain);
        }

        int scanned = report.Closure.ReadPathCount;
        writer.Words($"Scanned {scanned} of {Quantity.Count(report.Paths.Length, "path")}, {Quantity.Count(report.FileCount, "file")}, {Quantity.Bytes(report.ByteCount)}.");
        writer.Words($"The closure has {Quantity.Bytes(report.ClosureSize)}");
        writer.Words(report.ForeignSize > 0 ? $"of which {Quantity.Bytes(report.ForeignSize)} belong to the build side." : "and nothing of the build side.").Line();
        if (report.Closure.Depth == ScanDepth.Suspects)
        {
            writer.Words($"A first look: of each path the start was read, and the whole only of those that refer to another platform, {Quantity.Bytes(report.ByteCount)} of {Quantity.Bytes(report.ClosureSize)}. "
                + "Foreign programs in other paths, and references that nobody registered, show in --depth contents.").Line();
        }

        WriteAvoidable(notes);
        WriteLetThrough();
        ClosureCut cut = CutFinder.ForFindings(report);
        if (!cut.Edits.IsEmpty)
        {
            writer.Words(CutText.Summarize(cut) + ": see closurescan cut.", Style.Strong).Line();
        }
    }

    /// <summary>What a native closure could do without, the largest trees of it by what leaves with them.</summary>
    private void WriteAvoidable(int notes)
    {
        if (notes == 0)
        {
            return;
        }

        (StorePath Path, long Size)[] trees =
        [
            .. report.Findings.Where(finding => finding.Rule == RuleIds.BuildTool).Select(finding => finding.To!).Distinct()
                .Select(path => (path, Size: report.Graph.TryGetNode(path, out int node) ? report.Model.Edits.FreedByNode(node) : 0))
                .OrderByDescending(tree => tree.Size).ThenBy(tree => tree.path),
        ];
        IEnumerable<string> largest = trees.Take(TreesShown).Select(tree => $"{tree.Path.Name} ({Quantity.Bytes(tree.Size)})");
        writer.Words($"{Quantity.Count(notes, "note")}: largest trees that only serve builds: {string.Join(", ", largest)}.").Line();
    }

    /// <summary>One line: what was foreign and right where it is. Every closure has paths of text alone; the JSON report lists them.</summary>
    private void WriteLetThrough()
    {
        LetThrough[] items = [.. report.LetThrough.Where(item => item.Kind != LegitimateKind.TextOnly)];
        if (items.Length > 0)
        {
            IEnumerable<string> kinds = items.GroupBy(item => item.Kind).OrderBy(kind => kind.Key)
                .Select(kind => $"{Quantity.Count(kind.Sum(item => item.FileCount), "file")} ({kind.Key.ToName()})");
            writer.Words($"Let through as right where it is: {string.Join(", ", kinds)}.", Style.Dim).Line();
            foreach (LetThrough item in items.Where(item => item.Note is not null).Take(FilesShown))
            {
                writer.Words($"Note: {item.Files[0]} in {_labels[item.Path]} is for {item.Platform}, and {item.Note}.", Style.Dim).Line();
            }
        }
    }

    private StyledWriter Label(string label, int column = LabelColumn) =>
        writer.Indent(column == 0 ? 6 : ValueColumn).Column(column).Raw(label, Style.Dim).Column(column == 0 ? 6 : ValueColumn);

    /// <summary>Finds a path among the analysed ones, which are sorted by path.</summary>
    private readonly struct PathKey(StorePath path) : IComparable<AnalyzedPath>
    {
        private readonly StorePath _path = path;

        public int CompareTo(AnalyzedPath? other) => _path.CompareTo(other?.Path);
    }
}
