using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>An ELF file that lies in memory whole: its sections by name, its symbols with versions, its dynamic entries. What is malformed is left out.</summary>
internal sealed class ElfImage
{
    private const uint SectionDynamicSymbols = 11;
    private const uint SectionVersionNeeds = 0x6ffffffe;
    private const uint SectionVersionDefinitions = 0x6ffffffd;
    private const uint SectionVersions = 0x6fffffff;
    private const int MaxSymbols = 2_000_000;
    private const int FirstReservedSection = 0xff00;

    private readonly byte[] _bytes;
    private readonly ElfFile _elf;

    private ElfImage(byte[] bytes, ElfFile elf)
    {
        (_bytes, _elf) = (bytes, elf);
        FileView view = new(bytes);
        List<ElfPart> parts = [];
        for (int index = 0; index < elf.Sections.Length; index++)
        {
            ElfSection section = elf.Sections[index];
            if (section.Type != SectionNull)
            {
                parts.Add(new ElfPart(index, elf.ReadName(view, section) ?? "", section));
            }
        }

        Parts = parts;
        DynamicSymbols = ReadSymbols(SectionDynamicSymbols);
        List<ElfSymbol> all = ReadSymbols(SectionSymbols);
        Symbols = all.Count > 0 ? all : DynamicSymbols;
        Dynamic = ReadDynamic();
    }

    public ElfHeader Header => _elf.Header;

    public ReadOnlySpan<ElfSegment> Segments => _elf.Segments;

    public string? Interpreter => _elf.Interpreter?.Value;

    /// <summary>Whether it is an object that the linker has yet to place.</summary>
    public bool IsObject => Header.Type == TypeRelocatable;

    /// <summary>The sections, in the file's order.</summary>
    public IReadOnlyList<ElfPart> Parts { get; }

    /// <summary>What the loader binds.</summary>
    public IReadOnlyList<ElfSymbol> DynamicSymbols { get; }

    /// <summary>All symbols; of a stripped file those of the loader.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>The entries of the dynamic section: tag and value.</summary>
    public IReadOnlyList<(ulong Tag, ulong Value)> Dynamic { get; }

    /// <summary>The symbols that say what it asks for and what it gives.</summary>
    public IReadOnlyList<ElfSymbol> Interface => IsObject ? Symbols : DynamicSymbols;

    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out ElfImage? image)
    {
        image = ElfFile.TryParse(new FileView(bytes), out ElfFile? elf, out _) ? new ElfImage(bytes, elf) : null;
        return image is not null;
    }

    /// <summary>The first section of that name.</summary>
    public ElfPart? Find(string name) => Parts.FirstOrDefault(part => part.Name == name);

    /// <summary>The bytes of a section; none of one that has none in the file.</summary>
    public ReadOnlySpan<byte> Bytes(ElfPart? part) =>
        part is null || part.Section.Type == SectionNoBits || part.Section.Offset > (ulong)_bytes.Length
        || part.Section.Size > (ulong)_bytes.Length - part.Section.Offset
            ? default
            : _bytes.AsSpan((int)part.Section.Offset, (int)part.Section.Size);

    /// <summary>The bytes of a symbol; none of one that lies outside its section.</summary>
    public ReadOnlySpan<byte> Bytes(ElfSymbol symbol)
    {
        ElfPart? part = Parts.FirstOrDefault(part => part.Index == symbol.Section);
        ReadOnlySpan<byte> bytes = Bytes(part);
        ulong start = part is null ? 0 : symbol.Value - (IsObject ? 0 : part.Section.Address);
        return start <= (ulong)bytes.Length && symbol.Size <= (ulong)bytes.Length - start ? bytes.Slice((int)start, (int)symbol.Size) : default;
    }

    /// <summary>The strings of a dynamic tag, in order.</summary>
    public IEnumerable<string> Strings(ulong tag) => _elf.DynamicStrings.ToArray().Where(text => text.Tag == tag).Select(text => text.Value);

    /// <summary>The file without its headers: zeros where they and the tables of segments and sections stand.</summary>
    public byte[] WithoutHeaders()
    {
        byte[] bytes = [.. _bytes];
        Clear(0, Header.Is64Bit ? 64u : 52u);
        Clear(Header.SegmentTableOffset, (ulong)Header.SegmentEntrySize * Header.SegmentCount);
        Clear(Header.SectionTableOffset, (ulong)Header.SectionEntrySize * Header.SectionCount);
        return bytes;

        void Clear(ulong start, ulong length)
        {
            ulong end = (ulong)bytes.Length;
            start = Math.Min(start, end);
            bytes.AsSpan((int)start, (int)Math.Min(length, end - start)).Clear();
        }
    }

    private static string Text(ReadOnlySpan<byte> table, ulong offset)
    {
        if (offset >= (ulong)table.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> rest = table[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private List<ElfSymbol> ReadSymbols(uint type)
    {
        List<ElfSymbol> symbols = [];
        if (Parts.FirstOrDefault(part => part.Section.Type == type) is not { } table)
        {
            return symbols;
        }

        ReadOnlySpan<byte> names = Bytes(Parts.FirstOrDefault(part => part.Index == table.Section.Link));
        ReadOnlySpan<byte> bytes = Bytes(table);
        ElfPart? versionTable = type == SectionDynamicSymbols ? Parts.FirstOrDefault(part => part.Section.Type == SectionVersions) : null;
        ReadOnlySpan<byte> versions = Bytes(versionTable);
        Dictionary<int, string> versionNames = versionTable is null ? [] : ReadVersions(names);
        int entrySize = Header.Is64Bit ? 24 : 16;
        int count = Math.Min(bytes.Length / entrySize, MaxSymbols);
        for (int index = 1; index < count; index++)
        {
            EndianSpan entry = new(bytes[(index * entrySize)..], Header.IsBigEndian);
            byte info = bytes[(index * entrySize) + (Header.Is64Bit ? 4 : 12)];
            int section = entry.UInt16(Header.Is64Bit ? 6 : 14);
            ulong value = Header.Is64Bit ? entry.UInt64(8) : entry.UInt32(4);
            string name = Text(names, entry.UInt32(0));
            if (versions.Length >= 2 * (index + 1))
            {
                int version = new EndianSpan(versions[(2 * index)..], Header.IsBigEndian).UInt16(0);
                name += versionNames.TryGetValue(version & 0x7fff, out string? text) ? $"@{text}" : "";
            }

            bool isThumb = Header.Machine == MachineArm && (info & 0xf) == ElfSymbol.Function;
            symbols.Add(new ElfSymbol(
                name, info & 0xf, info >> 4, section >= FirstReservedSection ? -1 : section, isThumb ? value & ~1UL : value,
                Header.Is64Bit ? entry.UInt64(16) : entry.UInt32(8)));
        }

        return symbols;
    }

    /// <summary>The names behind the numbers of .gnu.version, from what is needed and what is defined (LSB, symbol versioning).</summary>
    private Dictionary<int, string> ReadVersions(ReadOnlySpan<byte> names)
    {
        Dictionary<int, string> versions = [];
        ReadOnlySpan<byte> needs = Bytes(Parts.FirstOrDefault(part => part.Section.Type == SectionVersionNeeds));
        for (long at = 0, left = needs.Length / 16; left > 0 && at >= 0 && at + 16 <= needs.Length; left--)
        {
            EndianSpan need = new(needs[(int)at..], Header.IsBigEndian);
            long item = at + need.UInt32(8);
            for (int count = need.UInt16(2); count > 0 && item >= 0 && item + 16 <= needs.Length; count--)
            {
                EndianSpan version = new(needs[(int)item..], Header.IsBigEndian);
                versions.TryAdd(version.UInt16(6) & 0x7fff, Text(names, version.UInt32(8)));
                item = version.UInt32(12) == 0 ? -1 : item + version.UInt32(12);
            }

            at = need.UInt32(12) == 0 ? -1 : at + need.UInt32(12);
        }

        // The first definition is the library itself.
        ReadOnlySpan<byte> definitions = Bytes(Parts.FirstOrDefault(part => part.Section.Type == SectionVersionDefinitions));
        for (long at = 0, left = definitions.Length / 20; left > 0 && at >= 0 && at + 20 <= definitions.Length; left--)
        {
            EndianSpan definition = new(definitions[(int)at..], Header.IsBigEndian);
            long item = at + definition.UInt32(12);
            bool isBase = (definition.UInt16(2) & 1) != 0;
            if (!isBase && item + 8 <= definitions.Length)
            {
                versions.TryAdd(definition.UInt16(4) & 0x7fff, Text(names, new EndianSpan(definitions[(int)item..], Header.IsBigEndian).UInt32(0)));
            }

            at = definition.UInt32(16) == 0 ? -1 : at + definition.UInt32(16);
        }

        return versions;
    }

    private List<(ulong Tag, ulong Value)> ReadDynamic()
    {
        List<(ulong, ulong)> entries = [];
        ReadOnlySpan<byte> bytes = Bytes(Parts.FirstOrDefault(part => part.Section.Type == SectionDynamic));
        int size = Header.Is64Bit ? 16 : 8;
        for (int at = 0; at + size <= bytes.Length; at += size)
        {
            EndianSpan entry = new(bytes[at..], Header.IsBigEndian);
            ulong tag = Header.Is64Bit ? entry.UInt64(0) : entry.UInt32(0);
            if (tag == DynamicNull)
            {
                break;
            }

            entries.Add((tag, Header.Is64Bit ? entry.UInt64(8) : entry.UInt32(4)));
        }

        return entries;
    }
}
