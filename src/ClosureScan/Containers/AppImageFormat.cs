using ClosureScan.Platforms;

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
        EndianSpan fields = new(header, bigEndian: header[5] == 2);
        ulong sections = is64 ? fields.UInt64(40) : fields.UInt32(32);
        int size = fields.UInt16(is64 ? 58 : 46);
        int count = fields.UInt16(is64 ? 60 : 48);
        if (sections > (ulong)bytes.Length)
        {
            throw new InvalidDataException("The section headers of the AppImage lie behind its end.");
        }

        long end = (long)sections + (size * (long)count);
        sink.Part("squashfs"u8, bytes.Slice(end, long.MaxValue));
    }
}
