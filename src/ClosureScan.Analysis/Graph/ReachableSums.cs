using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClosureScan.Analysis.Graph;

/// <summary>
/// Adds up, for every node, the sizes of what it reaches.
/// </summary>
/// <remarks>
/// Reachable sets overlap, so each must be known as a set: n²/8 bytes, too much at once. Therefore
/// <list type="number">
/// <item>cycles are drawn together; a component then refers to smaller numbers only;</item>
/// <item>targets are taken 512 at a time: a component's row is one cache line of bits, "which of these 512 do I reach", the union
/// of the rows of its successors; components below the targets reach none of them and are left out;</item>
/// <item>targets are taken from the highest numbers down. Then an edge c → s is first needed when s itself is a target, after all
/// successors of c above s; if their rows already hold s, the edge is implied and is dropped for good. What stays is exactly the
/// transitive reduction, for nothing: of a store's edges two in three or more go, for everything refers to libc;</item>
/// <item>a row's bits become bytes by a table of 256 sums for each of its 64 octets.</item>
/// </list>
/// A walk from every node takes O(n · e): minutes at 100,000 nodes. Sketches (HyperLogLog) would be faster and wrong by percents.
/// </remarks>
internal static class ReachableSums
{
    private const int Words = 8;
    private const int Width = Words * 64;
    private const int Octets = Width / 8;

    internal static void Compute(ClosureGraph graph, out long[] sizes, out int[] counts, CancellationToken cancellationToken)
    {
        Condensation condensation = Condensation.Compute(graph);
        int componentCount = condensation.Count;
        long[] ownSizes = new long[componentCount];
        int[] ownCounts = new int[componentCount];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            ownSizes[condensation.Components[node]] += graph.NarSize(node);
            ownCounts[condensation.Components[node]]++;
        }

        long[] componentSizes = new long[componentCount];
        long[] componentCounts = new long[componentCount];
        var edges = new ShrinkingRows(condensation.DescendingSuccessors(graph));
        Vector512<ulong>[] rows = new Vector512<ulong>[componentCount];
        long[] sizeTable = new long[Octets * 256];
        long[] countTable = condensation.HasCycles ? new long[Octets * 256] : [];
        for (int low = (componentCount - 1) / Width * Width; low >= 0; low -= Width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int high = Math.Min(low + Width, componentCount);
            FillTable(sizeTable, ownSizes.AsSpan(low, high - low));
            if (condensation.HasCycles)
            {
                long[] wide = Array.ConvertAll(ownCounts[low..high], count => (long)count);
                FillTable(countTable, wide);
            }

            for (int component = low; component < componentCount; component++)
            {
                Vector512<ulong> row = Unite(component, low, high, edges, rows);
                rows[component] = row;
                if (row != Vector512<ulong>.Zero)
                {
                    ReadOnlySpan<ulong> words = MemoryMarshal.Cast<Vector512<ulong>, ulong>(rows.AsSpan(component, 1));
                    Add(words, sizeTable, countTable, ref componentSizes[component], ref componentCounts[component]);
                }
            }
        }

        sizes = new long[graph.NodeCount];
        counts = new int[graph.NodeCount];
        for (int node = 0; node < sizes.Length; node++)
        {
            sizes[node] = componentSizes[condensation.Components[node]];
            counts[node] = (int)componentCounts[condensation.Components[node]];
        }
    }

    private static Vector512<ulong> Unite(int component, int low, int high, ShrinkingRows edges, Vector512<ulong>[] rows)
    {
        Vector512<ulong> row = Vector512<ulong>.Zero;
        foreach (int successor in edges.Kept(component))
        {
            row |= rows[successor];
        }

        while (edges.TryPeek(component, out int successor) && successor >= low)
        {
            bool implied = Bit(row, successor - low);
            edges.Decide(component, keep: !implied);
            if (!implied)
            {
                row |= rows[successor];
            }
        }

        if (component < high)
        {
            int bit = component - low;
            row = row.WithElement(bit >> 6, row.GetElement(bit >> 6) | (1UL << (bit & 63)));
        }

        return row;
    }

    private static bool Bit(Vector512<ulong> row, int bit) => (row.GetElement(bit >> 6) >> (bit & 63) & 1) != 0;

    private static void Add(ReadOnlySpan<ulong> words, long[] sizeTable, long[] countTable, ref long size, ref long count)
    {
        for (int word = 0; word < Words; word++)
        {
            ulong bits = words[word];
            if (bits == 0)
            {
                continue;
            }

            size += Sum(bits, sizeTable.AsSpan(word * 8 * 256, 8 * 256));
            count += countTable.Length == 0 ? BitOperations.PopCount(bits) : Sum(bits, countTable.AsSpan(word * 8 * 256, 8 * 256));
        }
    }

    private static long Sum(ulong bits, ReadOnlySpan<long> table)
    {
        long sum = 0;
        for (int octet = 0; octet < 8; octet++, bits >>= 8)
        {
            sum += table[(octet << 8) | (byte)bits];
        }

        return sum;
    }

    /// <summary>table[octet][byte]: the sum of the weights of the byte's bits. Each entry adds one weight to a smaller byte's.</summary>
    private static void FillTable(Span<long> table, ReadOnlySpan<long> weights)
    {
        for (int octet = 0; octet < Octets; octet++)
        {
            Span<long> sums = table.Slice(octet * 256, 256);
            for (int value = 1; value < 256; value++)
            {
                int weight = octet * 8 + BitOperations.TrailingZeroCount(value);
                sums[value] = sums[value & (value - 1)] + (weight < weights.Length ? weights[weight] : 0);
            }
        }
    }

    /// <summary>Rows that are read once from the front, each entry kept or dropped; what is kept is packed at the row's front.</summary>
    private sealed class ShrinkingRows
    {
        private readonly SparseRows _rows;
        private readonly int[] _kept;
        private readonly int[] _next;

        internal ShrinkingRows(SparseRows rows)
        {
            _rows = rows;
            _kept = rows.Starts.AsSpan(0, rows.RowCount).ToArray();
            _next = rows.Starts.AsSpan(0, rows.RowCount).ToArray();
        }

        internal ReadOnlySpan<int> Kept(int row) => _rows.Columns.AsSpan(_rows.Starts[row], _kept[row] - _rows.Starts[row]);

        internal bool TryPeek(int row, out int entry)
        {
            int next = _next[row];
            bool more = next < _rows.Starts[row + 1];
            entry = more ? _rows.Columns[next] : -1;
            return more;
        }

        internal void Decide(int row, bool keep)
        {
            int entry = _rows.Columns[_next[row]++];
            if (keep)
            {
                _rows.Columns[_kept[row]++] = entry;
            }
        }
    }
}
