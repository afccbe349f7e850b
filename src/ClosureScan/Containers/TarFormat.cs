using System.Text;

namespace ClosureScan.Containers;

/// <summary>
/// tar: a header of 512 bytes a member (name at 0, mode at 100, size at 124, type at 156, link at 157, magic at 257, prefix at 345; numbers in octal, or in base
/// 256 behind a first byte with its highest bit), then the contents, filled up to 512 bytes (POSIX.1-2017, pax, "ustar Interchange Format"). A long name comes
/// before its member: as GNU's types L and K, or in a pax header x as "LENGTH KEY=VALUE\n".
/// </summary>
/// <remarks>Rejected: System.Formats.Tar and SharpCompress, which allocate the length that a pax header claims before a byte of it was seen.</remarks>
internal sealed class TarFormat : IStreamFormat
{
    private const int BlockSize = 512;
    private const int MaxExtension = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "tar";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= BlockSize && beginning[257..].StartsWith("ustar"u8) && HasChecksum(beginning[..BlockSize]);

    /// <inheritdoc/>
    public void Read(Stream bytes, IContainerSink sink)
    {
        byte[] header = new byte[BlockSize];
        byte[]? longName = null, longLink = null;
        long? longSize = null;
        while (bytes.ReadAtLeast(header, BlockSize, throwOnEndOfStream: false) is > 0 and int count)
        {
            if (count < BlockSize)
            {
                throw new InvalidDataException("The last header of the tar archive is cut off.");
            }

            sink.Spend(BlockSize);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                continue;
            }

            if (!HasChecksum(header))
            {
                throw new InvalidDataException("A header of the tar archive has a wrong checksum.");
            }

            byte type = header[156];
            long size = longSize is { } told && type is not ((byte)'x' or (byte)'g' or (byte)'L' or (byte)'K') ? told : Number(header.AsSpan(124, 12));
            long padding = -size & (BlockSize - 1);
            if (type is (byte)'x' or (byte)'L' or (byte)'K' && size <= MaxExtension)
            {
                byte[] extension = new byte[size];
                bytes.ReadExactly(extension);
                Skip(bytes, padding, sink);
                switch (type)
                {
                    case (byte)'L':
                        longName = Text(extension).ToArray();
                        break;
                    case (byte)'K':
                        longLink = Text(extension).ToArray();
                        break;
                    default:
                        longName = Pax(extension, "path"u8) ?? longName;
                        longLink = Pax(extension, "linkpath"u8) ?? longLink;
                        longSize = Pax(extension, "size"u8) is { } digits && long.TryParse(digits, out long wide) && wide >= 0 ? wide : longSize;
                        break;
                }

                continue;
            }

            byte[] path = longName ?? NameOf(header);
            MemberStream contents = new(bytes, HasContents(type) ? size : 0);
            Tell(sink, path, header, type, longLink, contents);
            contents.Skip(sink);
            Skip(bytes, HasContents(type) ? padding : 0, sink);
            (longName, longLink, longSize) = (null, null, null);
        }
    }

    private static void Tell(IContainerSink sink, byte[] path, byte[] header, byte type, byte[]? longLink, MemberStream contents)
    {
        ReadOnlySpan<byte> name = Clean(path);
        switch (type)
        {
            case (byte)'0' or 0 or (byte)'7':
                sink.File(name, (Number(header.AsSpan(100, 8)) & 0b001_000_000) != 0, contents);
                break;
            case (byte)'1':
                sink.Link(name, Clean(longLink ?? Text(header.AsSpan(157, 100))));
                break;
            case (byte)'2':
                sink.Symlink(name, longLink ?? Text(header.AsSpan(157, 100)));
                break;
            case (byte)'5':
                sink.Directory(name);
                break;
        }
    }

    /// <summary>A path without "./", "/" in front and behind.</summary>
    internal static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> path)
    {
        while (path.StartsWith("./"u8) || path.StartsWith("/"u8))
        {
            path = path[(path[0] == '/' ? 1 : 2)..];
        }

        return path.TrimEnd((byte)'/');
    }

    private static bool HasContents(byte type) => type is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6');

    private static byte[] NameOf(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> name = Text(header[..100]);
        ReadOnlySpan<byte> prefix = header[257..].StartsWith("ustar\0"u8) ? Text(header.Slice(345, 155)) : default;
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and int end ? field[..end] : field;

    private static long Number(ReadOnlySpan<byte> field)
    {
        long value = 0;
        if ((field[0] & 0x80) != 0)
        {
            value = field[0] & 0x3f;
            foreach (byte part in field[1..])
            {
                value = value > long.MaxValue >> 8 ? throw new InvalidDataException("A member of the tar archive is too long.") : (value << 8) | part;
            }

            return value;
        }

        foreach (byte digit in field)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
            {
                value = (value << 3) | (long)(digit - '0');
            }
            else if (digit != ' ' || value != 0)
            {
                break;
            }
        }

        return value;
    }

    private static bool HasChecksum(ReadOnlySpan<byte> header)
    {
        long sum = 8 * ' ';
        for (int index = 0; index < BlockSize; index++)
        {
            sum += index is >= 148 and < 156 ? 0 : header[index];
        }

        return sum == Number(header.Slice(148, 8));
    }

    // The last value of a key counts.
    private static byte[]? Pax(ReadOnlySpan<byte> records, ReadOnlySpan<byte> key)
    {
        byte[]? value = null;
        while (records.IndexOf((byte)' ') is > 0 and int space
            && int.TryParse(Encoding.ASCII.GetString(records[..space]), out int length) && length > space && length <= records.Length)
        {
            ReadOnlySpan<byte> record = records[(space + 1)..length].TrimEnd((byte)'\n');
            int equals = record.IndexOf((byte)'=');
            if (equals >= 0 && record[..equals].SequenceEqual(key))
            {
                value = record[(equals + 1)..].ToArray();
            }

            records = records[length..];
        }

        return value;
    }

    private static void Skip(Stream bytes, long count, IContainerSink sink)
    {
        if (count > 0)
        {
            new MemberStream(bytes, count).Skip(sink);
        }
    }
}
