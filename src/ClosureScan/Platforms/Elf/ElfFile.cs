using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// The layout of an ELF file of either class and byte order: header, segments, sections, the strings the loader reads.
/// Every table is optional: one that is malformed, or that a stream did not keep, is empty and told in <see cref="Problem"/>.
/// Immutable, and independent of the view it was read from.
/// </summary>
internal sealed class ElfFile
{
    private const int MaxInterpreterLength = 4_096;

    private readonly ElfDynamicTable _dynamic = ElfDynamicTable.Empty;

    private ElfFile(in FileView file, in ElfHeader header)
    {
        string? problem = null;
        Header = header;
        ElfSection? first = ElfTables.ReadFirstSection(file, header);
        Segments = ElfTables.ReadSegments(file, header, first, ref problem);
        Sections = ElfTables.ReadSections(file, header, first, ref problem);
        IsSplitDebug = header.Type is TypeExecutable or TypeDynamic && HasOnlyDebugInformation(Sections);

        // In split debug information the segments keep their headers, but point at whatever bytes lie there now.
        if (!IsSplitDebug)
        {
            Interpreter = ReadInterpreter(file, Segments, ref problem);
            _dynamic = ElfDynamicTable.Read(file, header, Segments, Sections, ref problem);
        }

        Problem = problem;
    }

    /// <summary>The header.</summary>
    public ElfHeader Header { get; }

    /// <summary>The program headers, in the file's order; at most 65,536.</summary>
    public ElfSegment[] Segments { get; }

    /// <summary>The section headers, in the file's order, the empty first one included; at most 262,144.</summary>
    public ElfSection[] Sections { get; }

    /// <summary>The program interpreter (PT_INTERP), or null.</summary>
    public ElfString? Interpreter { get; }

    /// <summary>The strings of DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH, DT_AUDIT and their like, in the table's order.</summary>
    public ReadOnlySpan<ElfString> DynamicStrings => _dynamic.Strings;

    /// <summary>DT_FLAGS_1, 0 without one.</summary>
    public ulong DynamicFlags1 => _dynamic.Flags1;

    /// <summary>Whether the file is what <c>objcopy --only-keep-debug</c> leaves: the layout of a program with none of its bytes.</summary>
    public bool IsSplitDebug { get; }

    /// <summary>The first thing that is malformed or missing, for people; null when nothing is.</summary>
    public string? Problem { get; }

    /// <summary>Reads the layout. Cost: the sizes of the tables, whatever the size of the file.</summary>
    /// <param name="file">The file, or the member of an archive.</param>
    /// <param name="elf">The layout.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static bool TryParse(in FileView file, [NotNullWhen(true)] out ElfFile? elf, out string? problem)
    {
        Span<byte> head = stackalloc byte[ElfHeader.MaxSize];
        bool isElf = ElfHeader.TryRead(head[..file.Read(0, head)], out ElfHeader header, out problem);
        elf = isElf ? new ElfFile(file, header) : null;
        return isElf;
    }

    /// <summary>The first section that holds the byte at <paramref name="offset"/> of the file; null in headers, in padding, behind the end and without section headers.</summary>
    public ElfSection? SectionAt(long offset)
    {
        foreach (ref readonly ElfSection section in Sections.AsSpan())
        {
            if (section.Contains(offset))
            {
                return section;
            }
        }

        return null;
    }

    /// <summary>The segment of type PT_LOAD that maps the byte at <paramref name="offset"/> of the file, or null.</summary>
    public ElfSegment? LoadSegmentAt(long offset)
    {
        foreach (ref readonly ElfSegment segment in Segments.AsSpan())
        {
            if (segment.Type == SegmentLoad && segment.Contains(offset))
            {
                return segment;
            }
        }

        return null;
    }

    /// <summary>The string among <see cref="Interpreter"/> and <see cref="DynamicStrings"/> that the byte at <paramref name="offset"/> of the file belongs to, or null.</summary>
    public ElfString? LoaderStringAt(long offset)
    {
        if (Interpreter is { } interpreter && interpreter.Contains(offset))
        {
            return interpreter;
        }

        foreach (ElfString text in _dynamic.Strings)
        {
            if (text.Contains(offset))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Reads a section's name, <c>.rodata</c>; null when it cannot be had. Pass the view the file was parsed from.</summary>
    public string? ReadName(in FileView file, in ElfSection section)
    {
        const int MaxNameLength = 256;
        return TryFindNames(out ElfSection names)
            && section.NameOffset < names.Size
            && FileText.TryReadTerminated(
                file,
                (long)names.Offset + section.NameOffset,
                (int)Math.Min(names.Size - section.NameOffset, MaxNameLength),
                out _,
                out string? name)
            ? name
            : null;
    }

    /// <summary>Finds the table of section names.</summary>
    public bool TryFindNames(out ElfSection names)
    {
        const ushort IndexIsInFirstSection = 0xffff;
        uint index = Header.SectionNamesIndex == IndexIsInFirstSection && Sections.Length > 0 ? Sections[0].Link : Header.SectionNamesIndex;
        names = index < Sections.Length ? Sections[index] : default;
        return names.Type == SectionStrings && names.Offset <= int.MaxValue * 1024L;
    }

    private static bool HasOnlyDebugInformation(ElfSection[] sections)
    {
        bool hasEmptied = false;
        foreach (ref readonly ElfSection section in sections.AsSpan())
        {
            if (section.IsAllocated && section.Size > 0)
            {
                // A real file has nothing but .bss and .tbss without bytes, and both are writable.
                hasEmptied |= section.Type == SectionNoBits && !section.IsWritable;
                if (section.Type == SectionProgramBits && section.IsExecutable)
                {
                    return false;
                }
            }
        }

        return hasEmptied;
    }

    private static ElfString? ReadInterpreter(in FileView file, ElfSegment[] segments, ref string? problem)
    {
        foreach (ElfSegment segment in segments)
        {
            if (segment.Type != SegmentInterpreter)
            {
                continue;
            }

            if (segment.FileSize is < 2 or > MaxInterpreterLength || segment.Offset > long.MaxValue)
            {
                problem ??= $"a program interpreter of {segment.FileSize} bytes";
                return null;
            }

            Span<byte> text = stackalloc byte[(int)segment.FileSize];
            if (!file.TryRead((long)segment.Offset, text) || text[0] != '/' || text[^1] != 0)
            {
                problem ??= $"the program interpreter at byte {segment.Offset} is no path, or was not kept";
                return null;
            }

            int end = text.IndexOf((byte)0);
            return new ElfString(0, (long)segment.Offset, end, Encoding.UTF8.GetString(text[..end]));
        }

        return null;
    }
}
