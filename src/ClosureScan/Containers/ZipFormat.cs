using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// zip, and what is zip by another name: jar, apk, whl, nupkg. The framework reads it; its central directory is measured first, for that becomes an object a member
/// (PKWARE APPNOTE 6.3.10, section 4.3.16: the end record has the number of entries at 10 and the directory's size at 12).
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

        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(record + 10));
        uint directory = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(record + 12));
        if (entries > MaxEntries || directory > MaxDirectory)
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
}
