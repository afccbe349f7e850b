using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// The plain bytes of a squashfs's metadata: blocks of up to 8 KiB, each with a length of two bytes before it whose highest bit says that it is not compressed. The last
/// blocks are kept, for inodes lie together.
/// </summary>
internal sealed class SquashMetadata(ByteSource image, SquashDecoder decoder)
{
    private const int BlockLength = 8 * 1024;
    private const int KeptBlocks = 16;

    private readonly Block[] _kept = [.. Enumerable.Range(0, KeptBlocks).Select(static _ => new Block())];
    private readonly byte[] _compressed = new byte[BlockLength];
    private Block? _block;
    private int _offset;
    private int _nextKept;

    /// <summary>Where the next byte lies: the place of its block, and the offset in that.</summary>
    public (long Block, int Offset) Position => (_block!.Start, _offset);

    /// <summary>Goes to what a reference means.</summary>
    public void Seek(long table, ulong reference) => SeekTo(table + (long)(reference >> 16), (int)(reference & 0xffff));

    /// <summary>Goes to an offset in the plain bytes of the block at <paramref name="block"/>.</summary>
    public void SeekTo(long block, int offset)
    {
        _block = Load(block);
        _offset = offset;
        if (offset > _block.Length)
        {
            throw new InvalidDataException($"A reference to byte {offset} of a squashfs's metadata block at {block}, which has {_block.Length}.");
        }
    }

    /// <summary>Fills <paramref name="destination"/>, over blocks.</summary>
    public void Read(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_offset == _block!.Length)
            {
                _block = Load(_block.Next);
                _offset = 0;
                if (_block.Length == 0)
                {
                    throw new InvalidDataException($"An empty metadata block at {_block.Start} in a squashfs.");
                }
            }

            int count = Math.Min(destination.Length, _block.Length - _offset);
            _block.Plain.AsSpan(_offset, count).CopyTo(destination);
            _offset += count;
            destination = destination[count..];
        }
    }

    /// <summary>The next two bytes as a number.</summary>
    public ushort UInt16()
    {
        Span<byte> number = stackalloc byte[sizeof(ushort)];
        Read(number);
        return BinaryPrimitives.ReadUInt16LittleEndian(number);
    }

    /// <summary>The next four bytes as a number.</summary>
    public uint UInt32()
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        Read(number);
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }

    /// <summary>The next eight bytes as a number.</summary>
    public ulong UInt64()
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        Read(number);
        return BinaryPrimitives.ReadUInt64LittleEndian(number);
    }

    private Block Load(long start)
    {
        foreach (Block kept in _kept)
        {
            if (kept.Start == start)
            {
                return kept;
            }
        }

        const int IsPlain = 0x8000;
        ushort header = image.UInt16(start);
        int length = header & ~IsPlain;
        if (length > BlockLength)
        {
            throw new InvalidDataException($"A metadata block of {length} bytes at {start} in a squashfs.");
        }

        Block block = _kept[_nextKept];
        _nextKept = (_nextKept + 1) % KeptBlocks;
        block.Start = -1;
        if ((header & IsPlain) != 0)
        {
            image.ReadExactly(start + 2, block.Plain.AsSpan(0, length));
            block.Length = length;
        }
        else
        {
            image.ReadExactly(start + 2, _compressed.AsSpan(0, length));
            block.Length = decoder.Decode(_compressed, length, block.Plain);
        }

        block.Next = start + 2 + length;
        block.Start = start;
        return block;
    }

    private sealed class Block
    {
        public long Start { get; set; } = -1;

        public long Next { get; set; }

        public int Length { get; set; }

        public byte[] Plain { get; } = new byte[BlockLength];
    }
}
