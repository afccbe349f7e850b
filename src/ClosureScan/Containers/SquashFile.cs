using ClosureScan.Input;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// The contents of a file in a squashfs: blocks one behind the other, a size of four bytes each, in which bit 24 says that the block is not compressed and 0 that it is all zeros;
/// the end of the file may lie in a fragment, a block that several files share. The sizes are read as the blocks are: the reader of inodes must stay where it is.
/// </summary>
internal sealed class SquashFile : ForwardStream
{
    private const uint NoFragment = uint.MaxValue;

    private readonly ByteSource _image;
    private readonly Table _table;
    private readonly SquashMetadata _inode;
    private readonly long _blocks;
    private readonly uint _fragment;
    private readonly int _fragmentOffset;
    private readonly long _length;
    private byte[] _block;
    private long _next;
    private long _position;
    private long _index;
    private int _start;
    private int _end;

    private SquashFile(ByteSource image, Table table, long start, long length, uint fragment, uint fragmentOffset, SquashMetadata inode)
    {
        _image = image;
        _table = table;
        _length = length;
        _fragment = fragment;
        _fragmentOffset = fragmentOffset < table.BlockSize ? (int)fragmentOffset : throw new InvalidDataException("A file's end lies behind its fragment in a squashfs.");
        _next = start;
        _block = table.Buffer;
        _inode = inode;
        _blocks = fragment == NoFragment ? ((length - 1) / table.BlockSize) + 1 : length / table.BlockSize;
    }

    /// <summary>Opens the file whose inode is read up to its type's own fields.</summary>
    public static SquashFile Open(SquashMetadata inode, bool isExtended, ByteSource image, Table table)
    {
        if (!isExtended)
        {
            uint basicStart = inode.UInt32();
            uint basicFragment = inode.UInt32();
            uint basicOffset = inode.UInt32();
            return new SquashFile(image, table, basicStart, inode.UInt32(), basicFragment, basicFragment == NoFragment ? 0 : basicOffset, inode);
        }

        ulong start = inode.UInt64();
        ulong length = inode.UInt64();
        inode.UInt64();
        inode.UInt32();
        uint fragment = inode.UInt32();
        uint offset = inode.UInt32();
        inode.UInt32();
        return start > long.MaxValue || length > long.MaxValue
            ? throw new InvalidDataException("A file of more bytes than there are in a squashfs.")
            : new SquashFile(image, table, (long)start, (long)length, fragment, fragment == NoFragment ? 0 : offset, inode);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && _position < _length)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _end - _start);
        _block.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _position += count;
        return count;
    }

    private void Fill()
    {
        int wanted = (int)Math.Min(_table.BlockSize, _length - _position);
        if (_index == _blocks)
        {
            int length = _table.ReadFragment(_fragment, out _block);
            _start = _fragmentOffset;
            _end = _start + wanted;
            if (_end > length)
            {
                throw new InvalidDataException($"A fragment of a squashfs has {length} bytes where a file needs {_end}.");
            }

            return;
        }

        _index++;
        uint size = _inode.UInt32();
        _start = 0;
        _end = wanted;
        if (size == 0)
        {
            _block.AsSpan(0, wanted).Clear();
            return;
        }

        int decoded = _table.ReadBlock(_image, _next, size, _block);
        _next += Table.LengthOf(size);
        if (decoded < wanted)
        {
            throw new InvalidDataException($"A block of a squashfs has {decoded} bytes where a file needs {wanted}.");
        }
    }

    /// <summary>What files of one squashfs share: the fragments, and the buffers.</summary>
    internal sealed class Table(ByteSource image, SquashSuperblock super, SquashDecoder decoder, IContainerSink sink)
    {
        private const uint IsPlain = 1 << 24;
        private const int EntrySize = 16;
        private const int EntriesInBlock = 512;

        private readonly SquashMetadata _entries = new(image, decoder);
        private readonly byte[] _compressed = new byte[super.BlockSize];
        private readonly byte[] _fragment = new byte[super.BlockSize];
        private uint? _fragmentIndex;
        private int _fragmentLength;

        /// <summary>The length of a block.</summary>
        public int BlockSize => super.BlockSize;

        /// <summary>Room for a block; one file is read at a time.</summary>
        public byte[] Buffer { get; } = new byte[super.BlockSize];

        /// <summary>How many bytes of the image a block takes.</summary>
        public static int LengthOf(uint size) => (int)(size & ~IsPlain);

        /// <summary>Reads a block into <paramref name="plain"/>, and returns how many bytes it has.</summary>
        public int ReadBlock(ByteSource source, long offset, uint size, byte[] plain)
        {
            int length = LengthOf(size);
            if (length < 0 || length > super.BlockSize)
            {
                throw new InvalidDataException($"A block of {length} bytes at {offset} in a squashfs.");
            }

            sink.Spend(64);
            if ((size & IsPlain) != 0)
            {
                source.ReadExactly(offset, plain.AsSpan(0, length));
                return length;
            }

            source.ReadExactly(offset, _compressed.AsSpan(0, length));
            return decoder.Decode(_compressed, length, plain.AsSpan(0, super.BlockSize));
        }

        /// <summary>Reads a fragment, and returns how many bytes it has. The last one is kept: small files lie in it by the dozen.</summary>
        public int ReadFragment(uint index, out byte[] plain)
        {
            plain = _fragment;
            if (_fragmentIndex == index)
            {
                return _fragmentLength;
            }

            _fragmentIndex = null;
            if (index >= super.FragmentCount)
            {
                throw new InvalidDataException($"Fragment {index} of {super.FragmentCount} in a squashfs.");
            }

            long block = (long)image.UInt64((long)super.FragmentTable + (index / EntriesInBlock * sizeof(ulong)));
            _entries.SeekTo(block, (int)(index % EntriesInBlock) * EntrySize);
            ulong start = _entries.UInt64();
            uint size = _entries.UInt32();
            _fragmentLength = start > long.MaxValue
                ? throw new InvalidDataException("A fragment of a squashfs lies behind its end.")
                : ReadBlock(image, (long)start, size, _fragment);
            _fragmentIndex = index;
            return _fragmentLength;
        }
    }
}
