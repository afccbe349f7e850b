using System.Buffers.Binary;

namespace ClosureScan.Containers;

/// <summary>
/// A map by extents, a tree of nodes: the magic 0xf30a, the number of entries, room, depth in two bytes each and four more; twelve bytes an entry. In a leaf: first
/// block of the file, how many (above 32,768: so many less, and not written yet), the high and low parts of where they lie; above leaves: first block of the file, low and high parts of the
/// node's block. The root lies in the inode.
/// </summary>
internal sealed class ExtExtents(ExtVolume volume, byte[] root) : IExtMap
{
    private const int EntrySize = 12;
    private const int MaxDepth = 5;
    private const int MaxWritten = 32_768;

    /// <inheritdoc/>
    public ExtRun Find(long block)
    {
        byte[] node = root;
        long end = long.MaxValue / volume.BlockSize;
        for (int level = 0; level <= MaxDepth; level++)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(node) != 0xf30a)
            {
                throw new InvalidDataException("A node of extents in an ext4 file system is none.");
            }

            int count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(node.AsSpan(2)), (node.Length / EntrySize) - 1);
            int depth = BinaryPrimitives.ReadUInt16LittleEndian(node.AsSpan(6));
            int found = LastAtOrBefore(node, count, block);
            if (found + 1 < count)
            {
                end = Math.Min(end, FirstOf(node, found + 1));
            }

            if (found < 0)
            {
                return new ExtRun(block, Math.Max(1, end - block), null);
            }

            ReadOnlySpan<byte> entry = node.AsSpan(EntrySize * (found + 1), EntrySize);
            if (depth == 0)
            {
                return Leaf(entry, block, end);
            }

            ulong child = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) << 32);
            volume.SpendBlock();
            node = node == root ? new byte[volume.BlockSize] : node;
            volume.ReadBlock(child, 0, node);
        }

        throw new InvalidDataException($"Extents nested more than {MaxDepth} deep in an ext4 file system.");
    }

    private static ExtRun Leaf(ReadOnlySpan<byte> entry, long block, long end)
    {
        long first = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        bool isWritten = length <= MaxWritten;
        length -= isWritten ? 0 : MaxWritten;
        if (block >= first + length)
        {
            return new ExtRun(block, Math.Max(1, end - block), null);
        }

        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]) << 32);
        return new ExtRun(first, length, isWritten ? start : null);
    }

    private static int LastAtOrBefore(byte[] node, int count, long block)
    {
        int found = -1;
        while (found + 1 < count && FirstOf(node, found + 1) <= block)
        {
            found++;
        }

        return found;
    }

    private static long FirstOf(byte[] node, int index) => BinaryPrimitives.ReadUInt32LittleEndian(node.AsSpan(EntrySize * (index + 1)));
}
