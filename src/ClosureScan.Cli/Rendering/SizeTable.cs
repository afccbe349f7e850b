using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>size</c>: a line a path, and totals that can be relied on.</summary>
internal sealed class SizeTable(ScannedClosure closure, ClosureGraph graph, ClosureSizes sizes, Platform? host, StyledWriter writer)
{
    private const int NumberWidth = 10;
    private const int PathColumn = 3 * NumberWidth + 2;

    private readonly PathLabels _labels = new(graph.Paths, host);

    public void Write(SizeOrder order, int limit)
    {
        Legend("self", "the path alone");
        Legend("added", "what leaves the closure with the path: itself, and what only it holds");
        Legend("closure", "the path and everything that it refers to, directly or not");
        writer.Line();
        WriteRow("self", "added", "closure", "path", Style.Dim);
        int[] nodes = Sort(order);
        foreach (int node in nodes.Take(limit))
        {
            WriteRow(
                Quantity.Bytes(sizes.SelfSize(node)),
                Quantity.Bytes(sizes.AddedSize(node)),
                Quantity.Bytes(sizes.ClosureSize(node)),
                _labels[graph.Paths[node]],
                graph.Roots.BinarySearch(node) >= 0 ? Style.Strong : Style.Plain);
        }

        if (nodes.Length > limit)
        {
            WriteRow(
                Quantity.Bytes(nodes.Skip(limit).Sum(sizes.SelfSize)), "", "", $"{Quantity.Count(nodes.Length - limit, "more path")}; --top N shows more", Style.Dim);
        }

        writer.Line();
        WriteTotals();
        ProblemText.Write(writer, closure.Problems);
    }

    private int[] Sort(SizeOrder order)
    {
        IEnumerable<int> nodes = Enumerable.Range(0, graph.NodeCount);
        return [.. order switch
        {
            SizeOrder.Self => nodes.OrderByDescending(sizes.SelfSize),
            SizeOrder.Closure => nodes.OrderByDescending(sizes.ClosureSize),
            SizeOrder.Name => nodes.OrderBy(node => _labels.ShortName(graph.Paths[node]), StringComparer.Ordinal),
            _ => nodes.OrderByDescending(sizes.AddedSize),
        }];
    }

    private void Legend(string word, string meaning) => writer.Indent(9).Column(0).Words(word, Style.Strong).Column(9).Words(meaning, Style.Dim).Line();

    private void WriteRow(string self, string added, string closureSize, string path, Style style) =>
        writer.Indent(PathColumn).Column(0)
            .Raw(self.PadLeft(NumberWidth)).Raw(added.PadLeft(NumberWidth)).Raw(closureSize.PadLeft(NumberWidth))
            .Column(PathColumn).Words(path, style).Line();

    private void WriteTotals()
    {
        writer.Indent(0);
        foreach (StorePath root in closure.Roots.Take(graph.Roots.Length > 1 ? graph.Roots.Length : 0))
        {
            _ = graph.TryGetNode(root, out int node);
            writer.Words($"{_labels[root]} reaches {Quantity.Count(sizes.ClosureCount(node), "path")}, {Quantity.Bytes(sizes.ClosureSize(node))}.").Line();
        }

        writer.Words($"{(graph.Roots.Length > 1 ? "Together: " : "")}{Quantity.Count(sizes.TotalCount, "path")}, {Quantity.Bytes(sizes.TotalSize)}.", Style.Strong);
        (long sharedSize, int sharedCount) = sizes.Shared;
        writer.Words(sharedCount == 0
            ? "Nothing of it is shared: every path is held by one other alone."
            : $"{Quantity.Bytes(sharedSize)} of it in {Quantity.Count(sharedCount, "path")} are shared: several paths hold them, and dropping one of those frees nothing of them.");
        writer.Words("Closure sizes overlap and do not add up.").Line();
        if (!graph.NodesWithoutSize.IsEmpty)
        {
            writer.Words($"The store does not tell the size of {Quantity.Count(graph.NodesWithoutSize.Length, "path")}; they count as nothing.", Style.Warning).Line();
        }
    }
}
