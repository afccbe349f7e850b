using System.Text;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// What the dynamic section tells the loader: found through the program headers alone, so that a file stripped of its
/// section headers says as much as any other, and only without them through the section headers.
/// </summary>
internal sealed class ElfDynamicTable
{
    /// <summary>The dynamic table of a file that has none.</summary>
    public static readonly ElfDynamicTable Empty = new([], 0);

    /// <summary>A program has about thirty entries, and one more for each library.</summary>
    private const int MaxEntries = 4_096;

    private const int MaxStrings = 1_024;

    /// <summary>As long as a path may be (PATH_MAX); run paths of a hundred store paths are longer, so sixteen times that.</summary>
    private const int MaxStringLength = 64 * 1024;

    private ElfDynamicTable(ElfString[] strings, ulong flags1)
    {
        Strings = strings;
        Flags1 = flags1;
    }

    /// <summary>The strings of DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH and their rarer like, in the table's order.</summary>
    public ElfString[] Strings { get; }

    /// <summary>DT_FLAGS_1.</summary>
    public ulong Flags1 { get; }

    /// <summary>Reads the table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="segments">Its program headers.</param>
    /// <param name="sections">Its section headers.</param>
    /// <param name="problem">What is wrong with the table, for people; unchanged when nothing is.</param>
    public static ElfDynamicTable Read(
        in FileView file, in ElfHeader header, ElfSegment[] segments, ElfSection[] sections, ref string? problem)
    {
        if (!TryFind(segments, sections, out ulong offset, out ulong size) || size == 0)
        {
            return Empty;
        }

        int entrySize = header.Is64Bit ? 16 : 8;
        int count = (int)Math.Min(size / (ulong)entrySize, MaxEntries);
        byte[] table = new byte[Math.Min(count * entrySize, (int)Math.Min(file.Length, int.MaxValue))];
        if (offset > long.MaxValue || !file.TryRead((long)offset, table))
        {
            problem ??= $"the dynamic section at byte {offset} reaches past the end of the file, or was not kept";
            return Empty;
        }

        var named = new List<(ulong Tag, ulong Value)>();
        ulong flags1 = 0, stringTable = 0, stringSize = ulong.MaxValue;
        for (int at = 0; at + entrySize <= table.Length; at += entrySize)
        {
            var entry = new EndianSpan(table.AsSpan(at), header.IsBigEndian);
            ulong tag = header.Is64Bit ? entry.UInt64(0) : entry.UInt32(0);
            ulong value = header.Is64Bit ? entry.UInt64(8) : entry.UInt32(4);
            switch (tag)
            {
                case DynamicNull:
                    at = table.Length;
                    break;
                case DynamicStringTable:
                    stringTable = value;
                    break;
                case DynamicStringSize:
                    stringSize = value;
                    break;
                case DynamicFlags1:
                    flags1 = value;
                    break;
                case DynamicNeeded or DynamicSoname or DynamicRpath or DynamicRunpath
                    or DynamicAuxiliary or DynamicFilter or DynamicAudit or DynamicDependencyAudit or DynamicConfig
                    when named.Count < MaxStrings:
                    named.Add((tag, value));
                    break;
                default:
                    break;
            }
        }

        if (named.Count == 0)
        {
            return new ElfDynamicTable([], flags1);
        }

        if (!TryFindOffset(stringTable, segments, sections, out ulong strings))
        {
            problem ??= $"the dynamic strings at address {stringTable:x} lie in no segment";
            return new ElfDynamicTable([], flags1);
        }

        return new ElfDynamicTable(ReadStrings(file, named, strings, stringSize, ref problem), flags1);
    }

    private static bool TryFind(ElfSegment[] segments, ElfSection[] sections, out ulong offset, out ulong size)
    {
        foreach (ElfSegment segment in segments)
        {
            if (segment.Type == SegmentDynamic)
            {
                (offset, size) = (segment.Offset, segment.FileSize);
                return true;
            }
        }

        foreach (ElfSection section in sections)
        {
            if (section.Type == SectionDynamic)
            {
                (offset, size) = (section.Offset, section.Size);
                return true;
            }
        }

        (offset, size) = (0, 0);
        return false;
    }

    private static bool TryFindOffset(ulong address, ElfSegment[] segments, ElfSection[] sections, out ulong offset)
    {
        foreach (ElfSegment segment in segments)
        {
            if (segment.Type == SegmentLoad && address >= segment.Address && address - segment.Address < segment.FileSize)
            {
                offset = address - segment.Address + segment.Offset;
                return true;
            }
        }

        foreach (ElfSection section in sections)
        {
            if (section.Type == SectionStrings && section.IsAllocated && section.Address == address)
            {
                offset = section.Offset;
                return true;
            }
        }

        offset = 0;
        return false;
    }

    private static ElfString[] ReadStrings(
        in FileView file, List<(ulong Tag, ulong Value)> named, ulong table, ulong tableSize, ref string? problem)
    {
        // All strings together are bounded too: a thousand tags may point into one long unterminated string.
        int budget = 4 * MaxStringLength;
        var strings = new List<ElfString>(named.Count);
        foreach ((ulong tag, ulong value) in named)
        {
            ulong room = value < tableSize ? tableSize - value : 0;
            if (room == 0 || table > (ulong)file.Length || value > (ulong)file.Length)
            {
                problem ??= $"dynamic string {value} lies outside its table";
                continue;
            }

            long offset = (long)(table + value);
            int limit = (int)Math.Min(room, (ulong)Math.Min(MaxStringLength, budget));
            if (!FileText.TryReadTerminated(file, offset, limit, out int length, out string? text))
            {
                problem ??= $"the dynamic string at byte {offset} has no end, or was not kept";
                budget = Math.Max(0, budget - limit);
                continue;
            }

            budget -= length;
            strings.Add(new ElfString(tag, offset, length, text));
        }

        return [.. strings];
    }
}
