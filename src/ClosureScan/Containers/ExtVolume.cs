using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>The inodes and the blocks of an ext4 file system (see <see cref="ExtFormat"/>).</summary>
internal sealed class ExtVolume
{
    private const int Superblock = 1024;
    private const uint Needs64Bit = 0x80, NeedsCompression = 0x1, NeedsJournalDevice = 0x8, NeedsEncryption = 0x10000;

    private readonly ByteSource _bytes;
    private readonly IContainerSink _sink;
    private readonly long _groupTable;
    private readonly uint _inodesOfGroup;
    private readonly uint _inodeCount;
    private readonly int _inodeSize;
    private readonly int _descriptorSize;

    /// <summary>Reads the superblock.</summary>
    public ExtVolume(ByteSource bytes, IContainerSink sink)
    {
        _bytes = bytes;
        _sink = sink;
        BlockSize = 1024 << (int)Math.Min(6, bytes.UInt32(Superblock + 0x18));
        uint needs = bytes.UInt32(Superblock + 0x60);
        if ((needs & (NeedsCompression | NeedsJournalDevice)) != 0)
        {
            throw new NotSupportedException($"an ext4 file system that needs features 0x{needs:x}");
        }

        if ((needs & NeedsEncryption) != 0)
        {
            sink.LeftOut("an ext4 file system with encrypted files");
        }

        _inodeCount = bytes.UInt32(Superblock);
        _inodesOfGroup = bytes.UInt32(Superblock + 0x28);
        _inodeSize = bytes.UInt32(Superblock + 0x4c) == 0 ? 128 : bytes.UInt16(Superblock + 0x58);
        _descriptorSize = (needs & Needs64Bit) != 0 ? Math.Max((int)bytes.UInt16(Superblock + 0xfe), 64) : 32;
        _groupTable = (bytes.UInt32(Superblock + 0x14) + 1L) * BlockSize;
        if (_inodesOfGroup == 0 || _inodeSize < 128 || _inodeSize > BlockSize)
        {
            throw new InvalidDataException($"An ext4 file system with {_inodesOfGroup} inodes of {_inodeSize} bytes in a group.");
        }
    }

    /// <summary>The length of a block.</summary>
    public int BlockSize { get; }

    /// <summary>Reads an inode.</summary>
    public ExtInode ReadInode(uint number)
    {
        if (number == 0 || number > _inodeCount)
        {
            throw new InvalidDataException($"Inode {number} of {_inodeCount} in an ext4 file system.");
        }

        long descriptor = _groupTable + ((number - 1) / _inodesOfGroup * (long)_descriptorSize);
        ulong table = _bytes.UInt32(descriptor + 8) | (_descriptorSize >= 64 ? (ulong)_bytes.UInt32(descriptor + 0x28) << 32 : 0);
        byte[] inode = new byte[_inodeSize];
        _bytes.ReadExactly(PlaceOf(table) + ((number - 1) % _inodesOfGroup * (long)_inodeSize), inode);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(inode.AsSpan(4)) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(inode.AsSpan(0x6c)) << 32);
        return size > long.MaxValue
            ? throw new InvalidDataException($"A file of {size} bytes in an ext4 file system.")
            : new ExtInode(
                number, BinaryPrimitives.ReadUInt16LittleEndian(inode), (long)size, BinaryPrimitives.ReadUInt32LittleEndian(inode.AsSpan(0x20)),
                inode.AsSpan(0x28, ExtInode.MapLength).ToArray(), inode.Length > 128 ? inode[128..] : []);
    }

    /// <summary>Opens the contents of a file or directory.</summary>
    public Stream Open(ExtInode inode) =>
        inode.IsInline ? new MemoryStream(ReadInline(inode), writable: false)
        : new ExtFile(this, inode, inode.HasExtents ? new ExtExtents(this, inode.Map) : new ExtBlockLists(this, inode.Map));

    /// <summary>Opens the target of a symlink: up to 59 bytes lie where other files have their map.</summary>
    public Stream OpenSymlink(ExtInode inode) =>
        inode.Size < ExtInode.MapLength ? new MemoryStream(inode.Map, 0, (int)inode.Size, writable: false) : Open(inode);

    /// <summary>Fills <paramref name="destination"/> from an offset in a block on.</summary>
    public void ReadBlock(ulong block, int offset, Span<byte> destination) => _bytes.ReadExactly(PlaceOf(block) + offset, destination);

    /// <summary>Counts a block of a map that is read.</summary>
    public void SpendBlock() => _sink.Spend(BlockSize / 4);

    private long PlaceOf(ulong block) => block <= (ulong)(long.MaxValue / BlockSize)
        ? (long)block * BlockSize
        : throw new InvalidDataException($"Block {block} of an ext4 file system.");

    // The first sixty bytes in the map, the others as the value of the attribute "system.data"; of a directory the first four name its parent.
    private byte[] ReadInline(ExtInode inode)
    {
        const uint AttributeMagic = 0xea020000;
        int length = (int)Math.Min(inode.Size, BlockSize);
        byte[] contents = new byte[length];
        inode.Map.AsSpan(0, Math.Min(length, ExtInode.MapLength)).CopyTo(contents);
        ReadOnlySpan<byte> extra = inode.Inline;
        int start = extra.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(extra) : 0;
        if (length > ExtInode.MapLength && extra.Length >= start + 4 && BinaryPrimitives.ReadUInt32LittleEndian(extra[start..]) == AttributeMagic)
        {
            ReadOnlySpan<byte> attributes = extra[(start + 4)..];
            for (int entry = 0; entry + 16 <= attributes.Length && attributes[entry] != 0; entry += (16 + attributes[entry] + 3) & ~3)
            {
                int nameLength = attributes[entry];
                int value = BinaryPrimitives.ReadUInt16LittleEndian(attributes[(entry + 2)..]);
                uint size = BinaryPrimitives.ReadUInt32LittleEndian(attributes[(entry + 8)..]);
                if (attributes[entry + 1] == 7 && nameLength == 4 && attributes[(entry + 16)..].StartsWith("data"u8) && value + size <= attributes.Length)
                {
                    ReadOnlySpan<byte> rest = attributes.Slice(value, (int)size);
                    rest[..Math.Min(rest.Length, length - ExtInode.MapLength)].CopyTo(contents.AsSpan(ExtInode.MapLength));
                }
            }
        }

        const ushort TypeMask = 0xf000, Directory = 0x4000;
        return (inode.Mode & TypeMask) == Directory ? contents[Math.Min(4, length)..] : contents;
    }
}
