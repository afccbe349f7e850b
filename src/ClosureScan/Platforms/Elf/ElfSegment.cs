namespace ClosureScan.Platforms.Elf;

/// <summary>A program header: a part of the file that is mapped, or that tells the loader something.</summary>
/// <param name="Type">PT_LOAD and the like.</param>
/// <param name="Flags">1 executable, 2 writable, 4 readable.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Address">Where it begins in memory.</param>
/// <param name="FileSize">Its bytes in the file.</param>
/// <param name="Alignment">Its alignment; of notes it decides their padding.</param>
internal readonly record struct ElfSegment(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong Alignment)
    : IElfTableEntry<ElfSegment>
{
    /// <summary>Whether the byte at <paramref name="offset"/> of the file belongs to it.</summary>
    public bool Contains(long offset) => (ulong)offset >= Offset && (ulong)offset - Offset < FileSize;

    /// <inheritdoc/>
    public static int EntrySize(bool is64Bit) => is64Bit ? 56 : 32;

    /// <inheritdoc/>
    public static ElfSegment Read(EndianSpan entry, bool is64Bit) => is64Bit
        ? new(entry.UInt32(0), entry.UInt32(4), entry.UInt64(8), entry.UInt64(16), entry.UInt64(32), entry.UInt64(48))
        : new(entry.UInt32(0), entry.UInt32(24), entry.UInt32(4), entry.UInt32(8), entry.UInt32(16), entry.UInt32(28));
}
