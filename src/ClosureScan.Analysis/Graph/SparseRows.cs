namespace ClosureScan.Analysis.Graph;

/// <summary>
/// Compressed sparse rows: row r is <c>Columns[Starts[r] .. Starts[r + 1])</c>. Two arrays whatever the number of rows,
/// so a walk touches memory in order and allocates nothing.
/// </summary>
internal sealed class SparseRows(int[] starts, int[] columns)
{
    internal int[] Starts { get; } = starts;

    internal int[] Columns { get; } = columns;

    internal int RowCount => Starts.Length - 1;

    internal ReadOnlySpan<int> this[int row] => Columns.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Rows of <paramref name="values"/> by <paramref name="rows"/>, each row in the order of the input. O(rows + values).</summary>
    internal static SparseRows Group(int rowCount, ReadOnlySpan<int> rows, ReadOnlySpan<int> values)
    {
        int[] starts = CountStarts(rowCount, rows);
        int[] next = starts.AsSpan(0, rowCount).ToArray();
        int[] columns = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            columns[next[rows[i]]++] = values[i];
        }

        return new SparseRows(starts, columns);
    }

    /// <summary>
    /// The rows turned round: row c lists, ascending, the rows that hold c. <paramref name="origins"/> says beside each entry
    /// at which index of <see cref="Columns"/> it stood. O(rows + entries): a counting sort.
    /// </summary>
    internal SparseRows Transpose(int columnCount, out int[] origins)
    {
        int[] starts = CountStarts(columnCount, Columns);
        int[] next = starts.AsSpan(0, columnCount).ToArray();
        int[] turned = new int[Columns.Length];
        origins = new int[Columns.Length];
        for (int row = 0; row < RowCount; row++)
        {
            int end = Starts[row + 1];
            for (int index = Starts[row]; index < end; index++)
            {
                int place = next[Columns[index]]++;
                turned[place] = row;
                origins[place] = index;
            }
        }

        return new SparseRows(starts, turned);
    }

    /// <summary>The row that holds the entry at <paramref name="index"/> of <see cref="Columns"/>. O(log rows).</summary>
    internal int RowOf(int index)
    {
        int low = 0;
        int high = RowCount;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (Starts[middle] <= index)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int[] CountStarts(int rowCount, ReadOnlySpan<int> rows)
    {
        int[] starts = new int[rowCount + 1];
        foreach (int row in rows)
        {
            starts[row + 1]++;
        }

        for (int row = 0; row < rowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        return starts;
    }
}
