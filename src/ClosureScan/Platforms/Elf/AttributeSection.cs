using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// The layout of build attributes, which ARM (ARM-software/abi-aa, addenda32) and RISC-V (riscv-elf-psabi-doc) share: a version, then for
/// each vendor a length, a name and parts of their own lengths, which speak of the file, a section or a symbol. Gives what one
/// vendor says of the file; what is malformed ends the reading.
/// </summary>
internal ref struct AttributeSection
{
    /// <summary>Real sections have about 60 bytes, of RISC-V up to 200; this is room for them.</summary>
    public const int UsualSize = 256;

    private const int MaxSize = 64 * 1024;

    private readonly ReadOnlySpan<byte> _vendorName;
    private readonly bool _bigEndian;
    private ReadOnlySpan<byte> _vendors;
    private ReadOnlySpan<byte> _parts;

    /// <summary>Begins to read.</summary>
    /// <param name="section">The section's bytes.</param>
    /// <param name="bigEndian">The order of its lengths.</param>
    /// <param name="vendor">Whose attributes: <c>aeabi</c>, <c>riscv</c>.</param>
    public AttributeSection(ReadOnlySpan<byte> section, bool bigEndian, ReadOnlySpan<byte> vendor)
    {
        const byte FormatVersion = (byte)'A';
        _vendors = !section.IsEmpty && section[0] == FormatVersion ? section[1..] : default;
        _bigEndian = bigEndian;
        _vendorName = vendor;
    }

    /// <summary>The tags and their values. Valid after <see cref="MoveNext"/> was true.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next part that speaks of the file. False when there is none.</summary>
    public bool MoveNext()
    {
        const int FileScope = 1;
        while (true)
        {
            while (!_parts.IsEmpty)
            {
                byte scope = _parts[0];
                if (!TryTake(ref _parts, _bigEndian, headLength: 1, out ReadOnlySpan<byte> tags))
                {
                    _parts = default;
                }
                else if (scope == FileScope)
                {
                    Current = tags;
                    return true;
                }
            }

            if (!TryTake(ref _vendors, _bigEndian, headLength: 0, out ReadOnlySpan<byte> vendor))
            {
                return false;
            }

            int nameEnd = vendor.IndexOf((byte)0);
            _parts = nameEnd >= 0 && vendor[..nameEnd].SequenceEqual(_vendorName) ? vendor[(nameEnd + 1)..] : default;
        }
    }

    /// <summary>The bytes of the section that holds a file's attributes, in <paramref name="buffer"/> when it has room for them; none when there is no such section.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sections">Its sections. ARM and RISC-V have given theirs one number.</param>
    /// <param name="buffer">At least <see cref="UsualSize"/> bytes.</param>
    public static ReadOnlySpan<byte> ReadBytes(in FileView file, ReadOnlySpan<ElfSection> sections, Span<byte> buffer)
    {
        foreach (ref readonly ElfSection section in sections)
        {
            if (section.Type == SectionAttributes && section.Size <= MaxSize && section.Offset <= (ulong)file.Length)
            {
                int size = (int)section.Size;
                Span<byte> bytes = size <= buffer.Length ? buffer[..size] : new byte[size];
                return bytes[..file.Read((long)section.Offset, bytes)];
            }
        }

        return default;
    }

    /// <summary>Takes a text off the front. False when it has no end.</summary>
    public static bool TryTakeText(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        int end = rest.IndexOf((byte)0);
        text = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return end >= 0;
    }

    /// <summary>Takes a number (ULEB128) off the front. False when it has no end or more than 63 bits.</summary>
    public static bool TryTakeNumber(scoped ref ReadOnlySpan<byte> rest, out ulong number)
    {
        const int MaxBytes = 9;
        number = 0;
        for (int i = 0; i < Math.Min(rest.Length, MaxBytes); i++)
        {
            number |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes a length-prefixed part off the front. The length counts itself and the <paramref name="headLength"/> bytes
    /// before it: one that does not even count those would be taken for ever.
    /// </summary>
    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, bool bigEndian, int headLength, out ReadOnlySpan<byte> part)
    {
        part = default;
        int start = headLength + sizeof(uint);
        if (rest.Length < start)
        {
            return false;
        }

        uint length = new EndianSpan(rest, bigEndian).UInt32(headLength);
        if (length < start || length > rest.Length)
        {
            return false;
        }

        part = rest[start..(int)length];
        rest = rest[(int)length..];
        return true;
    }
}
