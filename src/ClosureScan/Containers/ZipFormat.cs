using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// zip, and what is zip by another name: jar, apk, whl, nupkg. The framework reads it; its central directory is measured first, for that becomes an object a member,
/// as many as there are, whatever their number is said to be (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16: the end record has the disk's number at 4, the number of
/// entries at 10, the directory's size at 12 and its place at 16; an entry has the lengths of its name, extra field and comment at 28).
/// </summary>
internal sealed class ZipFormat : IImageFormat
{
    private const int EndRecord = 22;
    private const int MaxComment = 65_535;
    private const uint MaxDirectory = 16 * 1024 * 1024;
    private const int MaxEntries = 65_534;

    /// <inheritdoc/>
    public string Name => "zip";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\u0003\u0004"u8) || beginning.StartsWith("PK\u0005\u0006"u8);

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        byte[] end = new byte[(int)Math.Min(bytes.Length, EndRecord + MaxComment)];
        bytes.ReadExactly(bytes.Length - end.Length, end);
        int record = end.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (record < 0 || record + EndRecord > end.Length)
        {
            throw new InvalidDataException("The zip archive has no end record.");
        }

        if (!IsSmall(bytes, end.AsSpan(record)))
        {
            sink.LeftOut("a zip archive of more than 65,534 members, or with more than 16 MiB of names");
            return;
        }

        using ZipArchive archive = new(bytes.OpenStream(), ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            byte[] path = Encoding.UTF8.GetBytes(entry.FullName);
            sink.Spend(path.Length);
            if (path.AsSpan().EndsWith("/"u8))
            {
                sink.Directory(TarFormat.Clean(path));
                continue;
            }

            const int UnixExecutable = 0b001_000_000 << 16;
            try
            {
                using Stream contents = entry.Open();
                sink.File(TarFormat.Clean(path), (entry.ExternalAttributes & UnixExecutable) != 0, contents);
            }
            catch (NotSupportedException exception)
            {
                sink.LeftOut(exception.Message);
            }
            catch (InvalidDataException)
            {
                // The other members may be whole.
                sink.Damaged();
            }
        }
    }

    // What is at its limit is told in records of 64 bits, which have room for more.
    private static bool IsSmall(ByteSource bytes, ReadOnlySpan<byte> end)
    {
        const int EntryHeader = 46;
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        uint place = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (entries > MaxEntries || length > MaxDirectory || place == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(end[4..]) == ushort.MaxValue)
        {
            return false;
        }

        // The framework goes on for as long as there are entries.
        byte[] header = new byte[EntryHeader];
        long position = place;
        for (int entry = 0; bytes.Read(position, header) == EntryHeader && header.AsSpan().StartsWith("PK\u0001\u0002"u8); entry++)
        {
            if (entry == MaxEntries || position - place > MaxDirectory)
            {
                return false;
            }

            position += EntryHeader + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }

        return true;
    }
}
