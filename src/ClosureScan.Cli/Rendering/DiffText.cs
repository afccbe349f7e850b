using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>diff</c>: totals, what came and who brought it, what went, what changed, and the leaks.</summary>
internal sealed class DiffText(ClosureDiff diff, StyledWriter writer)
{
    private const int DeltaWidth = 11;
    private const int PathColumn = DeltaWidth + 2;
    private const int FilesShown = 2;

    private readonly PathLabels _labels = new(diff.Before.Graph.Paths.Concat(diff.After.Graph.Paths).Distinct(), diff.After.Host.Platform);

    public void Write(int limit)
    {
        WriteSide("before", diff.Before);
        WriteSide("after", diff.After);
        ImmutableArray<PathChange> added = [.. diff.Changes.Where(change => change.Before is null)];
        ImmutableArray<PathChange> removed = [.. diff.Changes.Where(change => change.After is null)];
        ImmutableArray<PathChange> changed = [.. diff.Changes.Where(change => change is { Before: not null, After: not null })];
        writer.Indent(8).Words("change", Style.Dim).Column(8).Words($"{Signed(diff.Delta)}:", Style.Strong)
            .Words($"{added.Length} added, {removed.Length} removed, {changed.Length} changed, {diff.SameCount} the same.").Line();
        WriteChanges("Added", added, limit);
        WriteChanges("Removed", removed, limit);
        WriteChanges("Changed", changed, limit);
        writer.Line();
        WriteFindings();
        ProblemText.Write(writer, [.. diff.Before.Problems, .. diff.After.Problems]);
    }

    private void WriteSide(string name, ClosureSnapshot side)
    {
        string roots = string.Join(", ", side.Graph.Roots.ToArray().Select(root => _labels[side.Graph.Paths[root]]));
        writer.Indent(8).Words(name, Style.Dim).Column(8).Words(roots, Style.Strong)
            .Words($"{Quantity.Count(side.Graph.NodeCount, "path")}, {Quantity.Bytes(ClosureDiff.Sum(side.Graph))}").Line();
    }

    private void WriteChanges(string title, ImmutableArray<PathChange> changes, int limit)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        writer.Line().Indent(0).Words($"{title}: {Signed(changes.Sum(change => change.Delta))}", Style.Strong).Line();
        foreach (PathChange change in changes.Take(limit))
        {
            WriteChange(change);
        }

        if (changes.Length > limit)
        {
            writer.Indent(PathColumn).Raw(Signed(changes.Skip(limit).Sum(change => change.Delta)).PadLeft(DeltaWidth)).Column(PathColumn)
                .Words($"{changes.Length - limit} more; --top N shows more", Style.Dim).Line();
        }
    }

    private void WriteChange(PathChange change)
    {
        writer.Indent(PathColumn).Raw(Signed(change.Delta).PadLeft(DeltaWidth)).Column(PathColumn);
        writer.Words(change switch
        {
            { Before: { } before, After: { } after } => $"{_labels[before]} → {_labels[after]}",
            { After: { } after } => _labels[after],
            _ => _labels[change.Before!],
        }).Line();
        if (change.BroughtBy is { } edge)
        {
            // A path that the new reference itself leads to needs no second name.
            string through = edge.To.Equals(change.After) ? "" : $" → {_labels[edge.To]}";
            writer.Indent(PathColumn + 2).Column(PathColumn).Words($"brought by {_labels[edge.From]}{through}", Style.Accent).Line();
            foreach (ReferenceEvidence evidence in change.Evidence.Take(FilesShown))
            {
                writer.Indent(PathColumn + 4).Column(PathColumn + 2).Words(EvidenceText.Place(evidence)).Words(EvidenceText.Where(evidence), Style.Dim).Line();
            }
        }
    }

    private void WriteFindings()
    {
        OccurrenceComparison comparison = diff.Comparison;
        writer.Indent(0).Words("Findings:", Style.Strong).Words(
            $"{comparison.Count(OccurrenceChange.New)} new, {comparison.Count(OccurrenceChange.Stronger)} stronger, {comparison.Count(OccurrenceChange.Weaker)} weaker,"
            + $" {comparison.Gone.Sum(entry => entry.Count)} gone, {comparison.Count(OccurrenceChange.Same)} as before.").Line();
        foreach (string remark in diff.Remarks)
        {
            writer.Indent(2).Words(remark, Style.Warning).Line();
        }

        WriteOccurrences("new", OccurrenceChange.New);
        WriteOccurrences("stronger", OccurrenceChange.Stronger);
        WriteOccurrences("weaker", OccurrenceChange.Weaker);
        foreach (BaselineEntry entry in comparison.Gone)
        {
            writer.Indent(PathColumn + 7).Column(2).Words("gone", Style.Good).Column(PathColumn).Words(entry.ToString()).Line();
        }
    }

    private void WriteOccurrences(string what, OccurrenceChange change)
    {
        foreach (Occurrence occurrence in diff.Select(change).SelectMany(finding => finding.Occurrences))
        {
            Style style = change == OccurrenceChange.Weaker ? Style.Good : occurrence.Effect == Effect.Breaks ? Style.Bad : Style.Warning;
            writer.Indent(PathColumn + 7).Column(2).Words(what, style).Column(PathColumn).Words(occurrence.Effect.ToName()).Column(PathColumn + 7).Words(occurrence.Key.ToString()).Line();
        }
    }

    private static string Signed(long bytes) => (bytes > 0 ? "+" : "") + Quantity.Bytes(bytes);
}
