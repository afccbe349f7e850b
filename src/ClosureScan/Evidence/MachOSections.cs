using ClosureScan.Platforms;
using ClosureScan.Platforms.MachO;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>The load commands, segments and sections of a Mach-O file (Apple's mach-o/loader.h), of a fat one those of each slice.</summary>
internal static class MachOSections
{
    /// <summary>Real files have about fifty commands and as many sections.</summary>
    private const int MaxRegions = 4_096;

    private const int FatHeaderSize = 8;
    private const int MaxSlices = 19;

    /// <summary>Reads what the headers tell, outer parts before inner ones; what is malformed ends the reading.</summary>
    public static List<FileRegion> Read(in FileView file)
    {
        List<FileRegion> regions = [];
        if (!MachOIdentifier.HasFatMagic(file.Head))
        {
            ReadSlice(file, 0, "", regions);
            return regions;
        }

        bool is64 = file.Head[3] == 0xbf;
        int entrySize = is64 ? 32 : 20;
        int count = (int)Math.Min(new EndianSpan(file.Head, bigEndian: true).UInt32(4), MaxSlices);
        Span<byte> entry = stackalloc byte[entrySize];
        for (int index = 0; index < count && file.TryRead(FatHeaderSize + (index * entrySize), entry); index++)
        {
            EndianSpan fields = new(entry, bigEndian: true);
            ulong offset = is64 ? fields.UInt64(8) : fields.UInt32(8);
            if (offset <= (ulong)file.Length)
            {
                string cpu = MachOHeader.FindProcessor(fields.UInt32(0))?.Name ?? $"slice {index}";
                ReadSlice(file, (long)offset, cpu + ":", regions);
            }
        }

        return regions;
    }

    private static void ReadSlice(in FileView file, long start, string prefix, List<FileRegion> regions)
    {
        const int MaxCommandHead = 80;
        Span<byte> bytes = stackalloc byte[MaxCommandHead];
        if (!MachOHeader.TryRead(bytes[..file.Read(start, bytes)], out MachOHeader header))
        {
            return;
        }

        long at = start + header.Size;
        long end = at + header.CommandsSize;
        for (uint index = 0; index < header.CommandCount && regions.Count < MaxRegions; index++)
        {
            ReadOnlySpan<byte> command = bytes[..file.Read(at, bytes)];
            if (command.Length < 8)
            {
                return;
            }

            EndianSpan fields = new(command, header.IsBigEndian);
            uint type = fields.UInt32(0), size = fields.UInt32(4);
            if (size < 8 || size > end - at)
            {
                return;
            }

            const uint Segment32 = 1, Segment64 = 0x19;
            if (type is Segment32 or Segment64)
            {
                ReadSegment(file, start, at, size, type == Segment64, header.IsBigEndian, prefix, regions);
            }
            else if (NameOf(type) is { } name)
            {
                regions.Add(new FileRegion(prefix + name, at, size));
            }

            at += size;
        }
    }

    // struct segment_command(_64) and behind it its section(_64)s: names of 16 bytes, then places whose width differs.
    private static void ReadSegment(in FileView file, long start, long at, uint size, bool is64, bool bigEndian, string prefix, List<FileRegion> regions)
    {
        int headSize = is64 ? 72 : 56, sectionSize = is64 ? 80 : 68;
        Span<byte> bytes = stackalloc byte[80];
        if (size < headSize || !file.TryRead(at, bytes[..headSize]))
        {
            return;
        }

        EndianSpan segment = new(bytes, bigEndian);
        uint sections = segment.UInt32(is64 ? 64 : 48);
        Add(Text(bytes.Slice(8, 16)), is64 ? segment.UInt64(40) : segment.UInt32(32), is64 ? segment.UInt64(48) : segment.UInt32(36));
        long section = at + headSize;
        for (uint index = 0; index < sections && section + sectionSize <= at + size && regions.Count < MaxRegions && file.TryRead(section, bytes[..sectionSize]); index++)
        {
            EndianSpan fields = new(bytes, bigEndian);
            Add($"{Text(bytes.Slice(16, 16))},{Text(bytes[..16])}", fields.UInt32(is64 ? 48 : 40), is64 ? fields.UInt64(40) : fields.UInt32(36));
            section += sectionSize;
        }

        void Add(string name, ulong offset, ulong length)
        {
            // What has no bytes in the file, as __bss, has no offset either.
            if (offset <= int.MaxValue * 1024UL && length is > 0 and <= long.MaxValue && (offset > 0 || name == "__TEXT"))
            {
                regions.Add(new FileRegion(prefix + name, start + (long)offset, (long)length));
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> name) => PrintableText.From(name[..(name.IndexOf((byte)0) is >= 0 and int end ? end : name.Length)]);

    /// <summary>The commands that name files.</summary>
    private static string? NameOf(uint command) => command switch
    {
        0xc => "LC_LOAD_DYLIB",
        0xd => "LC_ID_DYLIB",
        0xe => "LC_LOAD_DYLINKER",
        0xf => "LC_ID_DYLINKER",
        0x20 => "LC_LAZY_LOAD_DYLIB",
        0x27 => "LC_DYLD_ENVIRONMENT",
        0x80000018 => "LC_LOAD_WEAK_DYLIB",
        0x8000001c => "LC_RPATH",
        0x8000001f => "LC_REEXPORT_DYLIB",
        0x80000023 => "LC_LOAD_UPWARD_DYLIB",
        _ => null,
    };
}
