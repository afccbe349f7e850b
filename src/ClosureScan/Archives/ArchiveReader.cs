using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Archives;

/// <summary>
/// Goes through the members of an <c>ar</c> archive, as GNU, BSD and Microsoft write them, thin ones among them.
/// Never throws for malformed bytes: it ends, and <see cref="Problem"/> says why. Valid as long as the view it reads.
/// </summary>
internal ref struct ArchiveReader
{
    private const int MagicSize = 8;
    private const int HeaderSize = 60;
    private const int NameFieldSize = 16;
    private const int SizeFieldOffset = 48;
    private const int SizeFieldSize = 10;
    private const int MaxNameLength = 1024;

    private readonly FileView _file;
    private ArchiveMember _names;
    private long _next;

    /// <summary>Begins before the first member.</summary>
    public ArchiveReader(in FileView file)
    {
        _file = file;
        _next = MagicSize;
        IsThin = file.Head.StartsWith("!<thin>\n"u8);
    }

    /// <summary>Whether the members' contents lie in other files.</summary>
    public bool IsThin { get; }

    /// <summary>The member of the last <see cref="MoveNext"/> that was true.</summary>
    public ArchiveMember Current { get; private set; }

    /// <summary>What is malformed, for people; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the bytes begin as an archive does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.StartsWith("!<arch>\n"u8) || head.StartsWith("!<thin>\n"u8);

    /// <summary>Goes to the next member. False at the end, and at what is malformed.</summary>
    public bool MoveNext()
    {
        // A header of 60 bytes moves the reader on, so that it ends on any input.
        Span<byte> header = stackalloc byte[HeaderSize];
        if (Problem is not null || _next >= _file.Length)
        {
            return false;
        }

        if (!_file.TryRead(_next, header))
        {
            Problem = $"the archive's header at byte {_next} is cut, or was not kept";
            return false;
        }

        if (!header.EndsWith("`\n"u8) || !TryReadNumber(header.Slice(SizeFieldOffset, SizeFieldSize), out long size))
        {
            Problem = $"no archive header at byte {_next}";
            return false;
        }

        ReadOnlySpan<byte> name = header[..NameFieldSize].TrimEnd((byte)' ');
        ArchiveMemberKind kind = KindOf(name);
        long data = _next + HeaderSize;
        long available = IsThin && kind == ArchiveMemberKind.File ? 0 : Math.Min(size, _file.Length - data);
        if (!IsThin && available < size)
        {
            Problem = $"the archive's member at byte {_next} reaches past the end of the file";
        }

        long end = data + available;
        if (TryReadBsdNameLength(name, out long nameLength))
        {
            long skipped = Math.Min(nameLength, available);
            kind = IsBsdIndex(data, skipped) ? ArchiveMemberKind.Symbols : kind;
            (data, available) = (data + skipped, available - skipped);
        }

        Current = new ArchiveMember(kind, _next, data, available);
        _names = kind == ArchiveMemberKind.Names ? Current : _names;
        _next = end + (end & 1);
        return true;
    }

    /// <summary>Reads the name of <see cref="Current"/>; that of a member whose name is malformed is empty.</summary>
    public readonly string ReadName()
    {
        Span<byte> field = stackalloc byte[NameFieldSize];
        int read = _file.Read(Current.HeaderOffset, field);
        ReadOnlySpan<byte> name = ((ReadOnlySpan<byte>)field[..read]).TrimEnd((byte)' ');
        if (TryReadBsdNameLength(name, out long length))
        {
            return ReadText(Current.HeaderOffset + HeaderSize, Math.Min(length, Current.DataOffset - Current.HeaderOffset - HeaderSize), "\0"u8);
        }

        if (Current.Kind == ArchiveMemberKind.File && name is [(byte)'/', .. var index])
        {
            // A thin archive inside another one: "/123:456", the second number being an offset in that.
            int colon = index.IndexOf((byte)':');
            return TryReadNumber(colon < 0 ? index : index[..colon], out long offset) && offset < _names.Size
                ? ReadText(_names.DataOffset + offset, _names.Size - offset, "\n\0"u8)
                : "";
        }

        int slash = Current.Kind == ArchiveMemberKind.File ? name.LastIndexOf((byte)'/') : -1;
        return Encoding.UTF8.GetString(slash > 0 ? name[..slash] : name);
    }

    private readonly string ReadText(long offset, long length, ReadOnlySpan<byte> terminators)
    {
        Span<byte> text = stackalloc byte[(int)Math.Min(length, MaxNameLength)];
        ReadOnlySpan<byte> name = text[.._file.Read(offset, text)];
        int end = name.IndexOfAny(terminators);
        return Encoding.UTF8.GetString((end < 0 ? name : name[..end]).TrimEnd((byte)'/'));
    }

    private readonly bool IsBsdIndex(long offset, long length)
    {
        Span<byte> text = stackalloc byte[(int)Math.Min(length, NameFieldSize)];
        return text[.._file.Read(offset, text)].StartsWith("__.SYMDEF"u8);
    }

    private static ArchiveMemberKind KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("//"u8) ? ArchiveMemberKind.Names
        : name.SequenceEqual("/"u8) || name.SequenceEqual("/SYM64/"u8) || name.StartsWith("__.SYMDEF"u8) ? ArchiveMemberKind.Symbols
        : ArchiveMemberKind.File;

    private static bool TryReadBsdNameLength(ReadOnlySpan<byte> name, out long length)
    {
        length = 0;
        return name.StartsWith("#1/"u8) && TryReadNumber(name[3..], out length);
    }

    /// <summary>Reads a decimal number padded with spaces. Ten digits do not overflow.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        ReadOnlySpan<byte> digits = field.TrimEnd((byte)' ');
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return digits.Length > 0;
    }
}
