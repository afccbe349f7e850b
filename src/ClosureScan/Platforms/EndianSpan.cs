using System.Buffers.Binary;

namespace ClosureScan.Platforms;

/// <summary>A record of a file and the order of its bytes. The caller has checked that the record is as long as what it asks of it.</summary>
internal readonly ref struct EndianSpan(ReadOnlySpan<byte> bytes, bool bigEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ushort UInt16(int offset) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(_bytes[offset..]);

    public uint UInt32(int offset) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(_bytes[offset..]);

    public ulong UInt64(int offset) => bigEndian
        ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[offset..])
        : BinaryPrimitives.ReadUInt64LittleEndian(_bytes[offset..]);
}
