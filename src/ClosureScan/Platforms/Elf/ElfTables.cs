using System.Buffers;
using ClosureScan.Walking;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// Reads the two header tables of an ELF file. Nothing is allocated before the table is known to lie inside the file:
/// a header of 64 bytes can claim 2^32 sections.
/// </summary>
internal static class ElfTables
{
    /// <summary>More program headers than any linker writes.</summary>
    private const int MaxSegments = 65_536;

    /// <summary>More sections than <c>-ffunction-sections</c> makes of a large C++ file.</summary>
    private const int MaxSections = 262_144;

    private const int BufferSize = 16 * 1024;

    /// <summary>Reads the first section header, which holds the counts too large for the header.</summary>
    public static ElfSection? ReadFirstSection(in FileView file, in ElfHeader header)
    {
        Span<byte> bytes = stackalloc byte[ElfSection.EntrySize(header.Is64Bit)];
        return header.SectionEntrySize == bytes.Length
            && header.SectionTableOffset is > 0 and <= long.MaxValue
            && file.TryRead((long)header.SectionTableOffset, bytes)
            ? ElfSection.Read(new EndianSpan(bytes, header.IsBigEndian), header.Is64Bit)
            : null;
    }

    /// <summary>Reads the program headers; none when the table is malformed or not to be had.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="firstSection">The first section header.</param>
    /// <param name="problem">What is wrong with the table, for people; unchanged when nothing is.</param>
    public static ElfSegment[] ReadSegments(in FileView file, in ElfHeader header, ElfSection? firstSection, ref string? problem)
    {
        const ushort CountIsInFirstSection = 0xffff;
        ulong count = header.SegmentCount == CountIsInFirstSection && firstSection is { } first ? first.Info : header.SegmentCount;
        return IsTableInside<ElfSegment>(file, header, header.SegmentTableOffset, count, header.SegmentEntrySize, ref problem)
            ? ReadTable<ElfSegment>(file, header, (long)header.SegmentTableOffset, (int)Math.Min(count, MaxSegments), ref problem)
            : [];
    }

    /// <inheritdoc cref="ReadSegments"/>
    /// <summary>Reads the section headers; none when the table is malformed or not to be had.</summary>
    public static ElfSection[] ReadSections(in FileView file, in ElfHeader header, ElfSection? firstSection, ref string? problem)
    {
        ulong count = header.SectionTableOffset == 0 ? 0
            : header.SectionCount == 0 && firstSection is { } first ? first.Size
            : header.SectionCount;
        return IsTableInside<ElfSection>(file, header, header.SectionTableOffset, count, header.SectionEntrySize, ref problem)
            ? ReadTable<ElfSection>(file, header, (long)header.SectionTableOffset, (int)Math.Min(count, MaxSections), ref problem)
            : [];
    }

    private static bool IsTableInside<TEntry>(
        in FileView file, in ElfHeader header, ulong offset, ulong count, ushort entrySize, ref string? problem)
        where TEntry : struct, IElfTableEntry<TEntry>
    {
        if (count == 0)
        {
            return false;
        }

        int expected = TEntry.EntrySize(header.Is64Bit);
        if (entrySize != expected)
        {
            problem ??= $"{NameOf<TEntry>()} headers of {entrySize} bytes instead of {expected}";
            return false;
        }

        ulong length = (ulong)file.Length;
        if (offset > length || count > (length - offset) / (ulong)expected)
        {
            problem ??= $"{count} {NameOf<TEntry>()} headers at byte {offset} reach past the end of the file";
            return false;
        }

        return true;
    }

    private static TEntry[] ReadTable<TEntry>(in FileView file, in ElfHeader header, long offset, int count, ref string? problem)
        where TEntry : struct, IElfTableEntry<TEntry>
    {
        int entrySize = TEntry.EntrySize(header.Is64Bit);
        int inBuffer = BufferSize / entrySize;
        var entries = new TEntry[count];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        for (int start = 0; start < entries.Length; start += inBuffer)
        {
            int chunk = Math.Min(inBuffer, entries.Length - start);
            Span<byte> bytes = buffer.AsSpan(0, chunk * entrySize);
            if (!file.TryRead(offset + ((long)start * entrySize), bytes))
            {
                problem ??= $"the {NameOf<TEntry>()} headers at byte {offset} were not kept";
                entries = [];
                break;
            }

            for (int i = 0; i < chunk; i++)
            {
                entries[start + i] = TEntry.Read(new EndianSpan(bytes[(i * entrySize)..], header.IsBigEndian), header.Is64Bit);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return entries;
    }

    private static string NameOf<TEntry>() => typeof(TEntry) == typeof(ElfSegment) ? "program" : "section";
}
