using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Testing;

/// <summary>
/// Builds small ELF files of either class and byte order, laid out as GNU ld does: header, program headers, contents, section
/// headers. The places of the fields are public, for tests that break one of them.
/// </summary>
public sealed class ElfBuilder(bool is64 = false, bool big = false)
{
    private const ulong Base = 0x10000;

    private readonly List<(string Name, uint Type, ulong Flags, byte[] Contents, uint EmptySize)> _sections = [];
    private readonly List<(uint Type, int Section, int Align)> _segments = [];
    private readonly List<(ulong Tag, string? Text, ulong Value)> _dynamic = [];
    private string? _interpreter;

    public ushort Type { get; init; } = 3;

    public ushort Machine { get; init; } = 40;

    public uint Flags { get; init; } = 0x05000000;

    public byte OsAbi { get; init; }

    public bool WithSections { get; init; } = true;

    public bool WithSegments { get; init; } = true;

    public int HeaderSize => is64 ? 64 : 52;

    public int SegmentEntrySize => is64 ? 56 : 32;

    public int SectionEntrySize => is64 ? 64 : 40;

    public int FlagsField => is64 ? 48 : 36;

    public int SegmentTableField => is64 ? 32 : 28;

    public int SectionTableField => is64 ? 40 : 32;

    public ElfBuilder Interpreter(string path)
    {
        _interpreter = path;
        return this;
    }

    public ElfBuilder Dynamic(ulong tag, string text)
    {
        _dynamic.Add((tag, text, 0));
        return this;
    }

    public ElfBuilder Dynamic(ulong tag, ulong value)
    {
        _dynamic.Add((tag, null, value));
        return this;
    }

    public ElfBuilder Section(string name, uint type, ulong flags, byte[] contents, uint emptySize = 0)
    {
        _sections.Add((name, type, flags, contents, emptySize));
        return this;
    }

    public ElfBuilder Note(string name, uint type, byte[] content)
    {
        byte[] note = [.. Number(4, (ulong)name.Length + 1), .. Number(4, (ulong)content.Length), .. Number(4, type), .. Padded(Text(name)), .. Padded(content)];
        Section($".note.{_sections.Count}", 7, 2, note);
        _segments.Add((4, _sections.Count - 1, 4));
        return this;
    }

    /// <summary>Attributes of 32-bit ARM: pairs of a tag below 32 and a number below 128.</summary>
    public ElfBuilder ArmAttributes(params (byte Tag, byte Value)[] attributes)
    {
        byte[] tags = [.. attributes.SelectMany(attribute => new[] { attribute.Tag, attribute.Value })];
        byte[] file = [1, .. Number(4, (ulong)tags.Length + 5), .. tags];
        return Section(".ARM.attributes", 0x70000003, 0, [(byte)'A', .. Number(4, (ulong)file.Length + 10), .. Text("aeabi"), .. file]);
    }

    /// <summary>A number of <paramref name="size"/> bytes in the file's byte order.</summary>
    public byte[] Number(int size, ulong value)
    {
        byte[] bytes = new byte[8];
        if (big)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
            return bytes[(8 - size)..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes[..size];
    }

    public byte[] Build()
    {
        var sections = new List<(string Name, uint Type, ulong Flags, byte[] Contents, uint EmptySize)>(_sections);
        var segments = new List<(uint Type, int Section, int Align)>(_segments);
        if (_interpreter is not null)
        {
            sections.Add((".interp", 1, 2, Text(_interpreter), 0));
            segments.Insert(0, (3, sections.Count - 1, 1));
        }

        int dynamicStrings = -1;
        if (_dynamic.Count > 0)
        {
            List<byte> strings = [0];
            List<(ulong Tag, ulong Value)> entries = [];
            foreach ((ulong tag, string? text, ulong value) in _dynamic)
            {
                entries.Add((tag, text is null ? value : (ulong)strings.Count));
                strings.AddRange(text is null ? [] : Text(text));
            }

            dynamicStrings = sections.Count;
            sections.Add((".dynstr", 3, 2, strings.ToArray(), 0));
            ulong address = Base + (ulong)OffsetOf(sections, WithSegments ? segments.Count + 2 : 0, dynamicStrings);
            entries.AddRange([(5, address), (10, (ulong)strings.Count), (0, 0)]);
            sections.Add((".dynamic", 6, 3, [.. entries.SelectMany(entry => (byte[])[.. Word(entry.Tag), .. Word(entry.Value)])], 0));
            segments.Add((2, sections.Count - 1, 8));
        }

        List<byte> names = [0];
        var nameOffsets = new List<int>();
        foreach (string name in sections.Select(section => section.Name).Append(".shstrtab"))
        {
            nameOffsets.Add(names.Count);
            names.AddRange(Text(name));
        }

        sections.Add((".shstrtab", 3, 0, names.ToArray(), 0));
        int segmentCount = WithSegments ? segments.Count + 1 : 0;
        int sectionTable = OffsetOf(sections, segmentCount, sections.Count);
        List<byte> file = [.. Header(segmentCount, WithSections ? sectionTable : 0, sections.Count)];
        if (WithSegments)
        {
            file.AddRange(Segment(1, 0, sectionTable, 0x1000));
            foreach ((uint type, int section, int align) in segments)
            {
                file.AddRange(Segment(type, OffsetOf(sections, segmentCount, section), sections[section].Contents.Length, align));
            }
        }

        foreach ((_, _, _, byte[] contents, _) in sections)
        {
            file.AddRange(Padded(contents));
        }

        if (WithSections)
        {
            file.AddRange(new byte[SectionEntrySize]);
            for (int i = 0; i < sections.Count; i++)
            {
                file.AddRange(SectionHeader(nameOffsets[i], sections[i], OffsetOf(sections, segmentCount, i)));
            }
        }

        return [.. file];
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] Padded(byte[] contents) => [.. contents, .. new byte[-contents.Length & 3]];

    private int OffsetOf(List<(string Name, uint Type, ulong Flags, byte[] Contents, uint EmptySize)> sections, int segmentCount, int index) =>
        HeaderSize + (segmentCount * SegmentEntrySize) + sections.Take(index).Sum(section => Padded(section.Contents).Length);

    private byte[] Word(ulong value) => Number(is64 ? 8 : 4, value);

    private byte[] Header(int segmentCount, int sectionTable, int sectionCount) =>
    [
        0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(is64 ? 2 : 1), (byte)(big ? 2 : 1), 1, OsAbi, 0, 0, 0, 0, 0, 0, 0, 0,
        .. Number(2, Type), .. Number(2, Machine), .. Number(4, 1),
        .. Word(Base), .. Word((ulong)(segmentCount == 0 ? 0 : HeaderSize)), .. Word((ulong)sectionTable), .. Number(4, Flags),
        .. Number(2, (ulong)HeaderSize), .. Number(2, (ulong)SegmentEntrySize), .. Number(2, (ulong)segmentCount),
        .. Number(2, (ulong)SectionEntrySize), .. Number(2, sectionTable == 0 ? 0 : (ulong)sectionCount + 1), .. Number(2, sectionTable == 0 ? 0 : (ulong)sectionCount),
    ];

    private byte[] Segment(uint type, int offset, int size, int align)
    {
        byte[] flags = Number(4, 4);
        byte[] places = [.. Word((ulong)offset), .. Word(Base + (ulong)offset), .. Word(Base + (ulong)offset), .. Word((ulong)size), .. Word((ulong)size)];
        return is64
            ? [.. Number(4, type), .. flags, .. places, .. Word((ulong)align)]
            : [.. Number(4, type), .. places, .. flags, .. Word((ulong)align)];
    }

    private byte[] SectionHeader(int name, (string Name, uint Type, ulong Flags, byte[] Contents, uint EmptySize) section, int offset) =>
    [
        .. Number(4, (ulong)name), .. Number(4, section.Type), .. Word(section.Flags),
        .. Word((section.Flags & 2) != 0 ? Base + (ulong)offset : 0), .. Word((ulong)offset),
        .. Word(section.Type == 8 ? section.EmptySize : (ulong)section.Contents.Length),
        .. Number(4, 0), .. Number(4, 0), .. Word(1), .. Word(0),
    ];
}
