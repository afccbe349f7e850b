namespace ClosureScan.Platforms.Elf;

/// <summary>An entry of one of the tables of an ELF file.</summary>
internal interface IElfTableEntry<TEntry>
    where TEntry : struct, IElfTableEntry<TEntry>
{
    /// <summary>The size of an entry in the file, in bytes.</summary>
    static abstract int EntrySize(bool is64Bit);

    /// <summary>Reads one entry of <see cref="EntrySize"/> bytes.</summary>
    static abstract TEntry Read(EndianSpan entry, bool is64Bit);
}
