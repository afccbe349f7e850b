using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>what-if</c>: the gain, what goes, and which findings are left.</summary>
internal sealed class WhatIfText(ClosureReport leaks, WhatIfReport report, StyledWriter writer)
{
    private const int Shown = 20;
    private const int SizeWidth = 10;
    private const int HoldersShown = 3;

    private readonly PathLabels _labels = new(leaks.Paths.Select(path => path.Path), leaks.Host);

    public void Write()
    {
        writer.Indent(0).Words($"{Quantity.Bytes(report.ClosureSizeBefore)} in {Quantity.Count(report.ClosureCountBefore, "path")} would be")
            .Words($"{Quantity.Bytes(report.ClosureSizeAfter)} in {Quantity.Count(report.ClosureCountAfter, "path")}:", Style.Strong)
            .Words($"{Quantity.Bytes(report.FreedBytes)} in {Quantity.Count(report.Freed.Length, "path")} leave.").Line();
        if (report.Edits.Any(edit => edit.Kind == ProposedEditKind.SplitFiles))
        {
            writer.Indent(0).Words("The files split off still count: their own bytes come on top.", Style.Dim).Line();
        }

        writer.Line();
        WriteList("References that go:", [.. report.Dropped.Select(edge => Arrow(edge.From, edge.To))]);
        WriteList("References that may stay, and count as staying:", [.. report.Undecided.Select(Describe)]);
        WriteList("Edits of files that hold no reference, so that nothing leaves by them:", [.. report.WithoutReference.Select(edit => edit.Text)]);
        WriteList("Paths that leave, the largest first:", [.. report.Freed.OrderByDescending(path => path.NarSize).Select(path => _labels[path.Path])],
            [.. report.Freed.Select(path => path.NarSize).OrderDescending()]);
        WriteList("What stays, and who holds it still:", [.. report.Staying.Select(Describe)], [.. report.Staying.Select(path => path.Path.NarSize)]);
        WriteList("Leaks that go:", [.. report.FindingsGone.Select(Describe)]);
        WriteList("Leaks that remain:", [.. report.FindingsLeft.Select(Describe)]);
        if (report.FindingsLeft.IsEmpty)
        {
            writer.Indent(0).Words("No leak remains.", Style.Good).Line();
        }

        ProblemText.Write(writer, leaks.Closure.Problems);
    }

    private void WriteList(string title, ImmutableArray<string> items, ImmutableArray<long> sizes = default)
    {
        if (items.IsEmpty)
        {
            return;
        }

        writer.Indent(0).Words(title).Line();
        int column = sizes.IsDefault ? 2 : SizeWidth + 2;
        for (int index = 0; index < Math.Min(items.Length, Shown); index++)
        {
            writer.Indent(column + 2);
            _ = sizes.IsDefault ? writer : writer.Raw(Quantity.Bytes(sizes[index]).PadLeft(SizeWidth));
            writer.Column(column).Words(items[index]).Line();
        }

        if (items.Length > Shown)
        {
            writer.Indent(column + 2).Column(column).Words($"and {items.Length - Shown} more", Style.Dim).Line();
        }

        writer.Line();
    }

    private string Describe(UndecidedReference reference) => Arrow(reference.From, reference.To) + (reference.FileCount == 0
        ? leaks.IsSaved ? " (the saved report does not tell the files)" : " (registered by the store; no file is known to hold it)"
        : $" ({reference.KnownFiles} of the {Quantity.Count(reference.FileCount, "file")} that hold it are known)");

    private string Describe(StayingPath path) =>
        $"{_labels[path.Path.Path]} ← "
        + (path.Holders.IsEmpty ? "it is a root" : string.Join(", ", path.Holders.Take(HoldersShown).Select(holder => holder.Name)) + (path.Holders.Length > HoldersShown ? $" and {path.Holders.Length - HoldersShown} more" : ""));

    private string Describe(Finding leak) => leak.To is null ? _labels[leak.From] : Arrow(leak.From, leak.To);

    private string Arrow(StorePath from, StorePath to) => $"{_labels[from]} → {_labels[to]}";
}
