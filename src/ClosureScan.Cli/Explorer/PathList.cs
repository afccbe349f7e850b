namespace ClosureScan.Cli.Explorer;

/// <summary>Rows of which one is under the cursor, and as many are seen as there is room.</summary>
internal sealed class PathList(IReadOnlyList<int> nodes, int cursor = 0)
{
    private int _top;

    /// <summary>The nodes, in the order shown.</summary>
    public IReadOnlyList<int> Nodes => nodes;

    /// <summary>The row of the cursor.</summary>
    public int Cursor { get; private set; } = Math.Clamp(cursor, 0, Math.Max(0, nodes.Count - 1));

    /// <summary>The node under the cursor; -1 of an empty list.</summary>
    public int Selected => nodes.Count == 0 ? -1 : nodes[Cursor];

    /// <summary>Moves the cursor by some rows, as far as there are.</summary>
    public void Move(int rows) => Cursor = Math.Clamp(Cursor + rows, 0, Math.Max(0, nodes.Count - 1));

    /// <summary>The first row that is seen with that much room, so that the cursor is.</summary>
    public int TopFor(int room)
    {
        _top = Math.Clamp(_top, Math.Max(0, Cursor - room + 1), Cursor);
        _top = Math.Clamp(_top, 0, Math.Max(0, nodes.Count - room));
        return _top;
    }

    /// <summary>The same rows in another order, with the cursor on the node that it was on.</summary>
    public PathList Sorted(Func<IEnumerable<int>, int[]> sort)
    {
        int[] sorted = sort(nodes);
        return new PathList(sorted, Math.Max(0, Array.IndexOf(sorted, Selected)));
    }
}
