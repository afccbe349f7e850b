using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// squashfs 4.0, little-endian (Linux: Documentation/filesystems/squashfs.rst, fs/squashfs/squashfs_fs.h).
/// <list type="bullet">
/// <item>Superblock: "hsqs", at 12 the block size, at 16 the number of fragments, at 20 the compression (1 zlib, 3 lzo, 4 xz, 5 lz4, 6 zstd), at 28 the version, at
/// 32 the root inode, at 64, 72, 80 where inodes, directories and fragments begin.</item>
/// <item>Inodes and directories lie in metadata blocks of up to 8 KiB (<see cref="SquashMetadata"/>); a reference to one is the block's place, shifted by 16 bits, and an offset in
/// its plain bytes.</item>
/// <item>An inode: type, mode, two owners in two bytes each, time and number in four, then by type: directories (1, 8) say where their entries begin and how many
/// bytes these take, three more than there are; files (2, 9) where their blocks begin, the fragment that holds their end, its offset there, the size, and the size of
/// each block (<see cref="SquashFile"/>); symlinks (3, 10) their target.</item>
/// <item>A directory: runs of up to 256 entries, each headed by their number less one, the inodes' block, a number; an entry: offset in that block, a number, a
/// type, the length of the name less one, the name.</item>
/// </list>
/// </summary>
internal sealed class SquashFormat : IImageFormat
{
    private const int MaxDepth = 64;
    private const int MaxTarget = 4096;

    /// <inheritdoc/>
    public string Name => "squashfs";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) => beginning.Length >= SquashSuperblock.Size && beginning.StartsWith("hsqs"u8);

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        SquashSuperblock super = SquashSuperblock.Read(bytes);
        SquashDecoder decoder = new(super.Compression, sink);
        SquashMetadata inodes = new(bytes, decoder);
        SquashMetadata entries = new(bytes, decoder);
        SquashFile.Table fragments = new(bytes, super, decoder, sink);
        Stack<Level> levels = new();
        inodes.Seek((long)super.InodeTable, super.RootInode);
        Visit(inodes, [], levels);
        while (levels.TryPeek(out Level? level))
        {
            if (!level.TryNext(entries, (long)super.DirectoryTable, out ulong inode, out byte[] name))
            {
                levels.Pop();
                continue;
            }

            byte[] path = level.Path.Length == 0 ? name : [.. level.Path, (byte)'/', .. name];
            sink.Spend(path.Length + 64);
            if (levels.Count > MaxDepth)
            {
                sink.LeftOut($"directories nested more than {MaxDepth} deep");
                continue;
            }

            inodes.Seek((long)super.InodeTable, inode);
            Visit(inodes, path, levels);
        }

        void Visit(SquashMetadata reader, byte[] path, Stack<Level> stack)
        {
            Span<byte> common = stackalloc byte[16];
            reader.Read(common);
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(common);
            bool executable = (BinaryPrimitives.ReadUInt16LittleEndian(common[2..]) & 0b001_000_000) != 0;
            switch (type)
            {
                case 1 or 8:
                    sink.Directory(path);
                    stack.Push(type == 1 ? Level.ReadBasic(reader, path) : Level.ReadExtended(reader, path));
                    break;
                case 2 or 9:
                    using (SquashFile contents = SquashFile.Open(reader, isExtended: type == 9, bytes, fragments))
                    {
                        sink.File(path, executable, contents);
                    }

                    break;
                case 3 or 10:
                    reader.UInt32();
                    uint length = reader.UInt32();
                    if (length > MaxTarget)
                    {
                        throw new InvalidDataException($"A symlink of {length} bytes in a squashfs.");
                    }

                    byte[] target = new byte[length];
                    reader.Read(target);
                    sink.Symlink(path, target);
                    break;
                case > 14:
                    throw new InvalidDataException($"An inode of type {type} in a squashfs.");
            }
        }
    }

    /// <summary>A directory on the way, and where its next entry lies.</summary>
    private sealed class Level(byte[] path, uint block, int offset, long left)
    {
        private readonly byte[] _header = new byte[12];
        private long _left = left;
        private long _block = block;
        private int _offset = offset;
        private uint _entries;
        private uint _inodes;
        private bool _isBegun;

        public byte[] Path { get; } = path;

        public static Level ReadBasic(SquashMetadata inode, byte[] path)
        {
            uint block = inode.UInt32();
            inode.UInt32();
            ushort size = inode.UInt16();
            return new Level(path, block, inode.UInt16(), size - 3L);
        }

        public static Level ReadExtended(SquashMetadata inode, byte[] path)
        {
            inode.UInt32();
            uint size = inode.UInt32();
            uint block = inode.UInt32();
            inode.UInt32();
            inode.UInt16();
            return new Level(path, block, inode.UInt16(), size - 3L);
        }

        public bool TryNext(SquashMetadata table, long tableStart, out ulong inode, out byte[] name)
        {
            inode = 0;
            name = [];
            if (_left <= 0)
            {
                return false;
            }

            if (_isBegun)
            {
                table.SeekTo(_block, _offset);
            }
            else
            {
                table.SeekTo(tableStart + _block, _offset);
                _isBegun = true;
            }

            if (_entries == 0)
            {
                table.Read(_header);
                _entries = BinaryPrimitives.ReadUInt32LittleEndian(_header) + 1;
                _inodes = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
                _left -= _header.Length;
                if (_entries is 0 or > 256)
                {
                    throw new InvalidDataException($"A run of {_entries} entries in a directory of a squashfs.");
                }
            }

            ushort offset = table.UInt16();
            table.UInt32();
            int length = table.UInt16() + 1;
            if (length > 256)
            {
                throw new InvalidDataException($"A name of {length} bytes in a squashfs.");
            }

            name = new byte[length];
            table.Read(name);
            inode = ((ulong)_inodes << 16) | offset;
            _entries--;
            _left -= 8 + length;
            (_block, _offset) = table.Position;
            return true;
        }
    }
}
