using System.Buffers.Binary;

namespace ClosureScan.Walking;

/// <summary>A part of some bytes that can be read anywhere: a file, a partition of it, a member. Reading past the end gives fewer bytes, never an exception.</summary>
internal sealed class ByteSource(IFileBytes bytes, long start, long length)
{
    /// <summary>Takes bytes in memory.</summary>
    public ByteSource(byte[] memory)
        : this(new MemoryBytes(memory), 0, memory.Length)
    {
    }

    /// <summary>How many bytes.</summary>
    public long Length => length;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on, as far as there are bytes.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= length)
        {
            return 0;
        }

        destination = destination[..(int)Math.Min(destination.Length, length - offset)];
        int total = 0;
        while (total < destination.Length && bytes.Read(start + offset + total, destination[total..]) is > 0 and int count)
        {
            total += count;
        }

        return total;
    }

    /// <summary>Fills all of <paramref name="destination"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes end before.</exception>
    public void ReadExactly(long offset, Span<byte> destination)
    {
        if (Read(offset, destination) < destination.Length)
        {
            throw new InvalidDataException($"Expected {destination.Length} bytes at {offset}; the image has {length} bytes.");
        }
    }

    /// <summary>The little-endian number of two bytes at <paramref name="offset"/>.</summary>
    public ushort UInt16(long offset)
    {
        Span<byte> number = stackalloc byte[sizeof(ushort)];
        ReadExactly(offset, number);
        return BinaryPrimitives.ReadUInt16LittleEndian(number);
    }

    /// <summary>The little-endian number of four bytes at <paramref name="offset"/>.</summary>
    public uint UInt32(long offset)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        ReadExactly(offset, number);
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }

    /// <summary>The little-endian number of eight bytes at <paramref name="offset"/>.</summary>
    public ulong UInt64(long offset)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        ReadExactly(offset, number);
        return BinaryPrimitives.ReadUInt64LittleEndian(number);
    }

    /// <summary>A part of these bytes; it ends with them at the latest.</summary>
    public ByteSource Slice(long offset, long count)
    {
        offset = Math.Clamp(offset, 0, length);
        return new ByteSource(bytes, start + offset, Math.Clamp(count, 0, length - offset));
    }

    /// <summary>The bytes as a stream that can seek.</summary>
    public Stream OpenStream() => new ByteSourceStream(this);

    private sealed class MemoryBytes(byte[] memory) : IFileBytes
    {
        public int Read(long offset, Span<byte> destination)
        {
            int count = (int)Math.Clamp(memory.Length - offset, 0, destination.Length);
            memory.AsSpan((int)Math.Min(offset, memory.Length), count).CopyTo(destination);
            return count;
        }
    }
}
