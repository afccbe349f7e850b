using System.Buffers.Binary;

namespace ClosureScan.Containers;

/// <summary>
/// The map of ext2 and ext3: twelve numbers of blocks, then one of a block full of numbers, one of a block of such blocks, one of a block of those. 0 is a
/// block of zeros. The last block of each level is kept.
/// </summary>
internal sealed class ExtBlockLists(ExtVolume volume, byte[] map) : IExtMap
{
    private const int Direct = 12;

    private readonly (uint Number, byte[] Block)[] _kept = [(0, []), (0, []), (0, [])];

    /// <inheritdoc/>
    public ExtRun Find(long block)
    {
        long numbers = volume.BlockSize / sizeof(uint);
        long rest = block;
        if (rest < Direct)
        {
            return Run(block, 1, BinaryPrimitives.ReadUInt32LittleEndian(map.AsSpan((int)rest * sizeof(uint))));
        }

        rest -= Direct;
        long reach = numbers;
        for (int level = 0; level < 3; level++, reach *= numbers)
        {
            if (rest < reach)
            {
                uint number = BinaryPrimitives.ReadUInt32LittleEndian(map.AsSpan((Direct + level) * sizeof(uint)));
                for (long step = reach / numbers; number != 0 && step >= 1; step /= numbers, level--)
                {
                    number = Number(level, number, (int)(rest / step));
                    rest %= step;
                }

                return Run(block, 1, number);
            }

            rest -= reach;
        }

        throw new InvalidDataException($"Block {block} of a file is more than block lists reach in an ext4 file system.");
    }

    private static ExtRun Run(long first, long count, uint start) => new(first, count, start == 0 ? null : start);

    private uint Number(int level, uint list, int index)
    {
        ref (uint Number, byte[] Block) kept = ref _kept[level];
        if (kept.Number != list)
        {
            volume.SpendBlock();
            kept.Block = kept.Block.Length == 0 ? new byte[volume.BlockSize] : kept.Block;
            volume.ReadBlock(list, 0, kept.Block);
            kept.Number = list;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(kept.Block.AsSpan(index * sizeof(uint)));
    }
}
