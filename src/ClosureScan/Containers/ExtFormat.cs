using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// ext2, ext3 and ext4 (Linux: Documentation/filesystems/ext4/). All numbers are little-endian.
/// <list type="bullet">
/// <item>The superblock at byte 1024: at 0x14 the first block, at 0x18 the block size as a power of two above 1 KiB, at 0x20 blocks and at 0x28 inodes of a group, at 0x38 the
/// magic 0xef53, at 0x58 the size of an inode, at 0x60 the features that a reader must know, at 0xfe the size of a group's descriptor.</item>
/// <item>A group's descriptor: at 8 (and 0x28) the block of its table of inodes. Inode N lies in group (N - 1) / inodes of a group. The root is inode 2.</item>
/// <item>An inode (<see cref="ExtInode"/>): mode at 0, size at 4 and 0x6c, flags at 0x20, and at 0x28 sixty bytes that map the file's blocks, or are a short symlink's
/// target.</item>
/// <item>A directory is a file of entries: inode, length of the entry in two bytes, length of the name, type, name. Those of hashed directories
/// look so as well: their index hides in entries without an inode.</item>
/// </list>
/// The journal is not replayed: an image that was made, not unplugged, has none that matters.
/// </summary>
internal sealed class ExtFormat : IImageFormat
{
    private const int Superblock = 1024;
    private const int MaxDepth = 64;
    private const int MaxTarget = 4096;
    private const uint RootInode = 2;
    private const ushort TypeMask = 0xf000, Directory = 0x4000, Regular = 0x8000, Symlink = 0xa000, Executable = 0x40;

    /// <inheritdoc/>
    public string Name => "ext4";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= Superblock + 0x100
        && BinaryPrimitives.ReadUInt16LittleEndian(beginning[(Superblock + 0x38)..]) == 0xef53
        && BinaryPrimitives.ReadUInt32LittleEndian(beginning[(Superblock + 0x18)..]) <= 6
        && BinaryPrimitives.ReadUInt32LittleEndian(beginning[(Superblock + 0x28)..]) > 0;

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        ExtVolume volume = new(bytes, sink);
        Stack<Level> levels = new();
        Visit(RootInode, []);
        while (levels.TryPeek(out Level? level))
        {
            if (!level.TryNext(sink, out uint number, out byte[] name))
            {
                levels.Pop();
                continue;
            }

            byte[] path = level.Path.Length == 0 ? name : [.. level.Path, (byte)'/', .. name];
            sink.Spend(path.Length + 256);
            if (levels.Count > MaxDepth)
            {
                sink.LeftOut($"directories nested more than {MaxDepth} deep");
                continue;
            }

            Visit(number, path);
        }

        void Visit(uint number, byte[] path)
        {
            ExtInode inode = volume.ReadInode(number);
            switch (inode.Mode & TypeMask)
            {
                case Directory:
                    sink.Directory(path);
                    levels.Push(new Level(path, volume.Open(inode)));
                    break;
                case Regular:
                    using (Stream contents = volume.Open(inode))
                    {
                        sink.File(path, (inode.Mode & Executable) != 0, contents);
                    }

                    break;
                case Symlink when inode.Size <= MaxTarget:
                    byte[] target = new byte[inode.Size];
                    volume.OpenSymlink(inode).ReadExactly(target);
                    sink.Symlink(path, target);
                    break;
            }
        }
    }

    /// <summary>A directory on the way.</summary>
    private sealed class Level(byte[] path, Stream entries)
    {
        private const int HeaderLength = 8;

        private readonly byte[] _header = new byte[HeaderLength];

        public byte[] Path { get; } = path;

        public bool TryNext(IContainerSink sink, out uint inode, out byte[] name)
        {
            while (entries.ReadAtLeast(_header, HeaderLength, throwOnEndOfStream: false) == HeaderLength)
            {
                inode = BinaryPrimitives.ReadUInt32LittleEndian(_header);
                int length = BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(4));
                int nameLength = _header[6];
                if (length < HeaderLength + nameLength || (length & 3) != 0)
                {
                    throw new InvalidDataException($"A directory entry of {length} bytes for a name of {nameLength} in an ext4 file system.");
                }

                name = new byte[nameLength];
                entries.ReadExactly(name);
                new MemberStream(entries, length - HeaderLength - nameLength).Skip(sink);
                sink.Spend(HeaderLength);
                if (inode != 0 && nameLength > 0 && !name.AsSpan().SequenceEqual("."u8) && !name.AsSpan().SequenceEqual(".."u8))
                {
                    return true;
                }
            }

            inode = 0;
            name = [];
            return false;
        }
    }
}
