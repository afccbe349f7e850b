using System.Globalization;
using System.Text;

namespace ClosureScan.Containers;

/// <summary>
/// cpio, the format of initial RAM disks: "070701" or "070702" and thirteen numbers of eight hexadecimal digits (inode, mode, uid, gid, links, time, size, four of
/// devices, length of the name, checksum), the name with its zero filled up to four bytes, the contents filled up to four bytes; or "070707" with
/// octal numbers and no filling. "TRAILER!!!" ends an archive, behind which zeros and another archive may follow, compressed or not: an initial RAM disk begins
/// with the processor's microcode (Linux: Documentation/driver-api/early-userspace/buffer-format.rst; POSIX.1-1997, cpio).
/// </summary>
internal sealed class CpioFormat : IStreamFormat
{
    private const int MagicLength = 6;
    private const int NewHeader = 110;
    private const int OldHeader = 76;
    private const int MaxName = 4096;
    private const int MaxLinked = 100_000;
    private const uint TypeMask = 0xf000, Directory = 0x4000, File = 0x8000, Symlink = 0xa000, Executable = 0x40;

    /// <inheritdoc/>
    public string Name => "cpio";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("070701"u8) || beginning.StartsWith("070702"u8) || beginning.StartsWith("070707"u8);

    /// <inheritdoc/>
    public void Read(Stream bytes, IContainerSink sink)
    {
        byte[] header = new byte[NewHeader];
        Dictionary<uint, List<byte[]>> linked = [];
        int linkedNames = 0;
        long position = 0;
        while (true)
        {
            bytes.ReadExactly(header, 0, MagicLength);
            if (!Recognises(header))
            {
                throw new InvalidDataException($"No header of a cpio archive at byte {position}.");
            }

            bool isOld = header[5] == '7';
            int headerLength = isOld ? OldHeader : NewHeader;
            bytes.ReadExactly(header, MagicLength, headerLength - MagicLength);
            uint mode = isOld ? Octal(header.AsSpan(18, 6)) : Hexadecimal(header.AsSpan(14, 8));
            long size = isOld ? OctalLong(header.AsSpan(65, 11)) : Hexadecimal(header.AsSpan(54, 8));
            uint inode = isOld ? Octal(header.AsSpan(12, 6)) : Hexadecimal(header.AsSpan(6, 8));
            uint links = isOld ? Octal(header.AsSpan(36, 6)) : Hexadecimal(header.AsSpan(38, 8));
            uint nameLength = isOld ? Octal(header.AsSpan(59, 6)) : Hexadecimal(header.AsSpan(94, 8));
            if (nameLength is 0 or > MaxName)
            {
                throw new InvalidDataException($"A name of {nameLength} bytes in a cpio archive, at byte {position}.");
            }

            byte[] name = new byte[nameLength];
            bytes.ReadExactly(name);
            position += headerLength + nameLength;
            position += Pad(bytes, position, isOld);
            ReadOnlySpan<byte> path = name.AsSpan().TrimEnd((byte)0);
            sink.Spend(NewHeader);
            if (path.SequenceEqual("TRAILER!!!"u8))
            {
                foreach (byte[] empty in linked.Values.SelectMany(static names => names))
                {
                    sink.File(empty, (mode & Executable) != 0, Stream.Null);
                }

                ReadNext(bytes, sink);
                return;
            }

            MemberStream contents = new(bytes, size);
            bool isShared = links > 1 && (mode & TypeMask) == File;
            if (isShared && size == 0 && linkedNames < MaxLinked)
            {
                // Of the names of one file the last has its contents.
                linkedNames++;
                (linked.TryGetValue(inode, out List<byte[]>? names) ? names : linked[inode] = []).Add(TarFormat.Clean(path).ToArray());
            }
            else
            {
                Tell(sink, TarFormat.Clean(path), mode, size, contents);
                if (isShared && linked.Remove(inode, out List<byte[]>? names))
                {
                    names.ForEach(other => sink.Link(other, TarFormat.Clean(name.AsSpan().TrimEnd((byte)0))));
                }
            }

            contents.Skip(sink);
            position += size;
            position += Pad(bytes, position, isOld);
        }
    }

    private static void Tell(IContainerSink sink, ReadOnlySpan<byte> path, uint mode, long size, MemberStream contents)
    {
        switch (mode & TypeMask)
        {
            case File:
                sink.File(path, (mode & Executable) != 0, contents);
                break;
            case Directory:
                sink.Directory(path);
                break;
            case Symlink when size <= MaxName:
                byte[] target = new byte[size];
                contents.ReadExactly(target);
                sink.Symlink(path, target);
                break;
        }
    }

    private static void ReadNext(Stream bytes, IContainerSink sink)
    {
        int next;
        while ((next = bytes.ReadByte()) == 0)
        {
            sink.Spend(1);
        }

        if (next >= 0)
        {
            sink.Rest(new PrefixedStream(new[] { (byte)next }, bytes));
        }
    }

    private static int Pad(Stream bytes, long position, bool isOld)
    {
        int padding = isOld ? 0 : (int)(-position & 3);
        for (int index = 0; index < padding; index++)
        {
            bytes.ReadByte();
        }

        return padding;
    }

    private static uint Hexadecimal(ReadOnlySpan<byte> digits) =>
        uint.TryParse(Encoding.ASCII.GetString(digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)
            ? value : throw new InvalidDataException("A number in the header of a cpio archive is none.");

    private static uint Octal(ReadOnlySpan<byte> digits) => (uint)OctalLong(digits);

    private static long OctalLong(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (byte digit in digits)
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) | (long)(digit - '0') : throw new InvalidDataException("A number in the header of a cpio archive is none.");
        }

        return value;
    }
}
