using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>A finding in full: what holds what, the bytes, the chain, the fixes and the key.</summary>
internal sealed class FindingBlock(ClosureReport report, PathLabels labels, int filesShown, StyledWriter writer)
{
    private const int LabelColumn = 4;
    private const int ValueColumn = 12;

    public void Write(Finding finding)
    {
        bool breaks = finding.Effect == Effect.Breaks;
        writer.Indent(ValueColumn).Column(0).Raw($"{finding.Number,2}").Column(LabelColumn)
            .Words(finding.Severity == Severity.Note ? "note" : breaks ? "BREAKS" : "bloats", breaks ? Style.Bad : Style.Warning).Column(ValueColumn)
            .Words(finding.Rule, Style.Strong)
            .Words(Cost(finding), Style.Dim).Line();
        Label("in").Words(labels[finding.From], Style.Strong).Line();
        if (finding.To is { } to)
        {
            Label("names").Words(labels[to], Style.Accent);
            if (PlatformOf(to) is { } platform)
            {
                writer.Words($"({platform})", Style.Dim);
            }

            writer.Line();
        }

        WriteOccurrences(finding);
        if (finding.Chain.Length > 2)
        {
            Label("chain").Words(string.Join(" → ", finding.Chain.Select(labels.Name))).Line();
        }

        foreach (string fix in finding.Occurrences.Take(filesShown).Select(occurrence => occurrence.Fix).Distinct())
        {
            Label("fix").Words(fix, Style.Good).Line();
        }

        Label("key").Words(finding.Key, Style.Dim).Line();
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

    private StyledWriter Label(string label) => writer.Indent(ValueColumn).Column(LabelColumn).Raw(label, Style.Dim).Column(ValueColumn);

    /// <summary>Finds a path among the analysed ones, which are sorted by path.</summary>
    private readonly struct PathKey(StorePath path) : IComparable<AnalyzedPath>
    {
        private readonly StorePath _path = path;

        public int CompareTo(AnalyzedPath? other) => _path.CompareTo(other?.Path);
    }
}
