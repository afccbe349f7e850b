namespace ClosureScan.Platforms.Elf;

/// <summary>A section header. Its name lies elsewhere in the file: <see cref="ElfFile.ReadName"/>.</summary>
/// <param name="NameOffset">Where the name begins in the table of section names.</param>
/// <param name="Type">SHT_PROGBITS and the like.</param>
/// <param name="Flags">SHF_ALLOC and the like.</param>
/// <param name="Address">Where it begins in memory, 0 when it is not mapped.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Size">Its size; a section of type SHT_NOBITS has none of it in the file.</param>
/// <param name="Link">The section it refers to, by what its type says.</param>
/// <param name="Info">More of it, by what its type says.</param>
internal readonly record struct ElfSection(
    uint NameOffset, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link, uint Info)
    : IElfTableEntry<ElfSection>
{
    /// <summary>Whether it is mapped when the program runs.</summary>
    public bool IsAllocated => (Flags & ElfConstants.SectionFlagAllocated) != 0;

    /// <summary>Whether it is mapped writable.</summary>
    public bool IsWritable => (Flags & ElfConstants.SectionFlagWrite) != 0;

    /// <summary>Whether it holds machine code.</summary>
    public bool IsExecutable => (Flags & ElfConstants.SectionFlagExecutable) != 0;

    /// <summary>Whether its bytes are compressed, so that no text can be found in them.</summary>
    public bool IsCompressed => (Flags & ElfConstants.SectionFlagCompressed) != 0;

    /// <summary>Whether the byte at <paramref name="offset"/> of the file belongs to it.</summary>
    public bool Contains(long offset) =>
        Type is not (ElfConstants.SectionNull or ElfConstants.SectionNoBits)
        && (ulong)offset >= Offset && (ulong)offset - Offset < Size;

    /// <inheritdoc/>
    public static int EntrySize(bool is64Bit) => is64Bit ? 64 : 40;

    /// <inheritdoc/>
    public static ElfSection Read(EndianSpan entry, bool is64Bit) => is64Bit
        ? new(entry.UInt32(0), entry.UInt32(4), entry.UInt64(8), entry.UInt64(16), entry.UInt64(24), entry.UInt64(32), entry.UInt32(40), entry.UInt32(44))
        : new(entry.UInt32(0), entry.UInt32(4), entry.UInt32(8), entry.UInt32(12), entry.UInt32(16), entry.UInt32(20), entry.UInt32(24), entry.UInt32(28));
}
