namespace ClosureScan.Platforms.Elf;

/// <summary>The header of an ELF file, as it stands there: nothing in it has been compared with the file's length.</summary>
internal readonly record struct ElfHeader
{
    /// <summary>The longest header, that of the 64-bit class.</summary>
    public const int MaxSize = 64;

    private const int IdentSize = 16;

    public required bool Is64Bit { get; init; }

    public required bool IsBigEndian { get; init; }

    public required byte OsAbi { get; init; }

    public required ushort Type { get; init; }

    public required ushort Machine { get; init; }

    public required uint Flags { get; init; }

    public required ulong SegmentTableOffset { get; init; }

    public required ushort SegmentEntrySize { get; init; }

    public required ushort SegmentCount { get; init; }

    public required ulong SectionTableOffset { get; init; }

    public required ushort SectionEntrySize { get; init; }

    public required ushort SectionCount { get; init; }

    public required ushort SectionNamesIndex { get; init; }

    /// <summary>Whether the bytes begin as an ELF file does, be the rest right or wrong.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.StartsWith("\u007fELF"u8);

    /// <summary>
    /// Reads the header. Odd versions, header sizes and padding are accepted, for real files have them;
    /// a class or byte order outside the specification is not.
    /// </summary>
    /// <param name="head">The file's first bytes.</param>
    /// <param name="header">The header.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static bool TryRead(ReadOnlySpan<byte> head, out ElfHeader header, out string? problem)
    {
        header = default;
        problem = null;
        if (!HasMagic(head))
        {
            problem = "no ELF magic";
            return false;
        }

        if (head.Length < IdentSize)
        {
            problem = "ELF magic, but the file ends in the identification";
            return false;
        }

        byte wordClass = head[4];
        byte byteOrder = head[5];
        if (wordClass is not (1 or 2) || byteOrder is not (1 or 2))
        {
            problem = $"ELF magic, but class {wordClass} and byte order {byteOrder} do not exist";
            return false;
        }

        bool is64 = wordClass == 2;
        if (head.Length < (is64 ? 64 : 52))
        {
            problem = "ELF magic, but the file ends in the header";
            return false;
        }

        bool big = byteOrder == 2;
        var bytes = new EndianSpan(head, big);

        // From e_flags on, the two classes differ by the three addresses before it alone.
        int flags = is64 ? 48 : 36;
        header = new ElfHeader
        {
            Is64Bit = is64,
            IsBigEndian = big,
            OsAbi = head[7],
            Type = bytes.UInt16(16),
            Machine = bytes.UInt16(18),
            SegmentTableOffset = is64 ? bytes.UInt64(32) : bytes.UInt32(28),
            SectionTableOffset = is64 ? bytes.UInt64(40) : bytes.UInt32(32),
            Flags = bytes.UInt32(flags),
            SegmentEntrySize = bytes.UInt16(flags + 6),
            SegmentCount = bytes.UInt16(flags + 8),
            SectionEntrySize = bytes.UInt16(flags + 10),
            SectionCount = bytes.UInt16(flags + 12),
            SectionNamesIndex = bytes.UInt16(flags + 14),
        };
        return true;
    }
}
