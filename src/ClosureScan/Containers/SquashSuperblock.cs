using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>What the superblock of a squashfs says (see <see cref="SquashFormat"/>).</summary>
internal readonly record struct SquashSuperblock(
    int BlockSize, uint FragmentCount, ushort Compression, ulong RootInode, ulong InodeTable, ulong DirectoryTable, ulong FragmentTable)
{
    /// <summary>Its length.</summary>
    public const int Size = 96;

    private const uint MaxBlockSize = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or malformed.</exception>
    public static SquashSuperblock Read(ByteSource bytes)
    {
        uint blockSize = bytes.UInt32(12);
        if (bytes.UInt16(28) != 4 || blockSize is < 4096 or > MaxBlockSize)
        {
            throw new InvalidDataException($"A squashfs of version {bytes.UInt16(28)} with blocks of {blockSize} bytes; version 4 with up to 1 MiB can be read.");
        }

        return new SquashSuperblock(
            (int)blockSize, bytes.UInt32(16), bytes.UInt16(20), bytes.UInt64(32), bytes.UInt64(64), bytes.UInt64(72), bytes.UInt64(80));
    }
}
