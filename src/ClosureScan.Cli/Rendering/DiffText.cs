using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Reports;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>diff</c>: whether it is worse and how large it became, the findings that came, changed and went, then the paths by the size of the change.</summary>
internal sealed class DiffText(ClosureDiff diff, StyledWriter writer)
{
    private const int DeltaWidth = 11;
    private const int WordColumn = DeltaWidth + 2;
    private const int PathColumn = WordColumn + 9;
    private const int FilesShown = 2;

    private readonly PathLabels _labels = new(diff.Before.Graph.Paths.Concat(diff.After.Graph.Paths).Distinct(), diff.After.Host.Platform);
    private readonly ChangeText _text = new(diff, Quantity.Bytes);

    /// <summary>Writes it.</summary>
    /// <param name="limit">The most findings of each kind, and the most paths.</param>
    public void Write(int limit)
    {
        WriteHead();
        foreach ((string word, IEnumerable<FindingGroup> groups) in _text.Kinds)
        {
            WriteFindings(word, [.. groups], limit);
        }

        WritePaths(limit);
        ProblemText.Write(writer, [.. diff.Before.Problems, .. diff.After.Problems]);
    }

    private void WriteHead()
    {
        string host = diff.After.Host.Platform?.System ?? "host unknown: say --host SYSTEM";
        writer.Indent(2).Words(Roots(diff.Before)).Words("→").Words(Roots(diff.After), Style.Strong);
        if (writer.At + 2 + host.Length > writer.Width)
        {
            writer.Line();
        }

        writer.Column(Math.Max(writer.At > 0 ? writer.At + 2 : 2, writer.Width - host.Length)).Words(host).Line();
        Style verdict = diff.Outcome switch
        {
            ChangeOutcome.Incomplete or ChangeOutcome.Worse => Style.Bad,
            ChangeOutcome.Better => Style.Good,
            _ => Style.Strong,
        };
        writer.Indent(0).Words(_text.Verdict, verdict).Words(_text.Counts).Line();
        writer.Words(_text.Sizes, Style.Strong).Line();
        writer.Words(_text.Paths).Line();
        foreach (string remark in diff.Remarks)
        {
            writer.Indent(2).Words(remark, Style.Warning).Line();
        }
    }

    private string Roots(ClosureSnapshot side)
    {
        StorePath[] roots = [.. side.Graph.Roots.ToArray().Select(root => side.Graph.Paths[root])];
        return _labels[roots[0]] + (roots.Length > 1 ? $" and {Quantity.Count(roots.Length - 1, "more root")}" : "");
    }

    private void WriteFindings(string word, ImmutableArray<FindingGroup> groups, int limit)
    {
        if (groups.IsEmpty)
        {
            return;
        }

        bool isGone = word == "gone";
        string where = isGone ? "with their numbers before" : "with their numbers after";
        writer.Line().Indent(0).Words($"Findings that are {word}", isGone || word == "weaker" ? Style.Good : Style.Bad).Words($"({where}):", Style.Dim).Line();
        ClosureSnapshot side = isGone ? diff.Before : diff.After;
        SectionText sections = new(side.Groups, side.IsJudged, new PathLabels(side.Graph.Paths, side.Host.Platform), writer, stepLines: 3);
        int left = limit;
        foreach (FindingGroup group in groups.TakeWhile(_ => left > 0))
        {
            ImmutableArray<Finding> shown = [.. group.Findings.Take(left)];
            left -= shown.Length;
            sections.WriteHeading(new FindingSection(group, group.Rule ?? "", shown), withSteps: !isGone);
            sections.WriteRows(shown);
        }

        int rest = groups.Sum(group => group.Findings.Length) - limit;
        if (rest > 0)
        {
            writer.Indent(14).Column(14).Words($"and {Quantity.Count(rest, "more finding")}; --top N shows more", Style.Dim).Line();
        }
    }

    private void WritePaths(int limit)
    {
        if (diff.Changes.IsEmpty)
        {
            return;
        }

        writer.Line().Indent(0).Words("Paths", Style.Strong).Words("(by the size of the change):", Style.Dim).Line();
        foreach (PathChange change in diff.Changes.Take(limit))
        {
            WriteChange(change);
        }

        if (diff.Changes.Length > limit)
        {
            writer.Indent(WordColumn).Raw(_text.Signed(diff.Changes.Skip(limit).Sum(change => change.Delta)).PadLeft(DeltaWidth)).Column(WordColumn)
                .Words($"{Quantity.Count(diff.Changes.Length - limit, "more path")}; --top N shows more", Style.Dim).Line();
        }
    }

    private void WriteChange(PathChange change)
    {
        writer.Indent(PathColumn + 2).Raw(_text.Signed(change.Delta).PadLeft(DeltaWidth)).Column(WordColumn).Words(ChangeText.WordOf(change), Style.Dim).Column(PathColumn);
        writer.Words(change switch
        {
            { Before: { } before, After: { } after } => $"{_labels[before]} → {_labels[after]}",
            _ => _labels[(change.After ?? change.Before)!],
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
}
