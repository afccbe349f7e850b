using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>An AppImage of type 2: an ELF program with "AI" and 2 at byte 8, and a squashfs behind its section headers (AppImage specification, "Type 2 image format").</summary>
internal sealed class AppImageFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "AppImage";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= 64 && beginning.StartsWith("\u007fELF"u8) && beginning[8..].StartsWith("AI\u0002"u8);

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        byte[] header = new byte[64];
        bytes.ReadExactly(0, header);
        bool is64 = header[4] == 2;
        bool isBig = header[5] == 2;
        ulong sections = is64 ? UInt64(header.AsSpan(40), isBig) : UInt32(header.AsSpan(32), isBig);
        int size = UInt16(header.AsSpan(is64 ? 58 : 46), isBig);
        int count = UInt16(header.AsSpan(is64 ? 60 : 48), isBig);
        if (sections > (ulong)bytes.Length)
        {
            throw new InvalidDataException("The section headers of the AppImage lie behind its end.");
        }

        long end = (long)sections + (size * (long)count);
        sink.Part("squashfs"u8, bytes.Slice(end, long.MaxValue));
    }

    private static ulong UInt64(ReadOnlySpan<byte> field, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field);

    private static uint UInt32(ReadOnlySpan<byte> field, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);

    private static ushort UInt16(ReadOnlySpan<byte> field, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field);
}
