using System.Buffers;
using System.Numerics;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>What the notes of an ELF file say of the operating system. Libraries seldom have any: the start-up code of programs brings them.</summary>
/// <param name="Kernel">The kernel in Nixpkgs' words, or null.</param>
/// <param name="IsAndroid">Whether the file was linked for Android.</param>
/// <param name="IsLinuxKernel">Whether it is a Linux kernel or a module of one.</param>
/// <param name="X86Level">The level of x86-64 that the code needs, 1 to 4; 0 when it is not told.</param>
/// <param name="IsGo">Whether the Go linker made it.</param>
internal readonly record struct ElfNotes(string? Kernel, bool IsAndroid, bool IsLinuxKernel, int X86Level, bool IsGo)
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxNotes = 256;

    /// <summary>Reads the note segments, or the note sections of a file without segments.</summary>
    public static ElfNotes Read(in FileView file, ElfFile elf)
    {
        ElfNotes notes = default;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxBytes);
        int budget = MaxNotes;
        foreach (ElfSegment segment in elf.Segments)
        {
            if (segment.Type == SegmentNote && budget > 0)
            {
                notes = Read(file, elf.Header, segment.Offset, segment.FileSize, segment.Alignment, buffer, ref budget, notes);
            }
        }

        foreach (ElfSection section in elf.Segments.Length == 0 ? elf.Sections : [])
        {
            if (section.Type == SectionNote && budget > 0)
            {
                notes = Read(file, elf.Header, section.Offset, section.Size, alignment: 4, buffer, ref budget, notes);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return notes;
    }

    private static ElfNotes Read(
        in FileView file, in ElfHeader header, ulong offset, ulong size, ulong alignment, byte[] buffer, ref int budget, ElfNotes notes)
    {
        if (offset > (ulong)file.Length)
        {
            return notes;
        }

        int padding = alignment == 8 ? 8 : 4;
        int length = file.Read((long)offset, buffer.AsSpan(0, (int)Math.Min(size, MaxBytes)));
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, length);
        while (rest.Length > 12 && budget-- > 0)
        {
            var note = new EndianSpan(rest, header.IsBigEndian);
            long nameEnd = 12L + note.UInt32(0);
            long contentStart = Align(nameEnd, padding);
            long contentEnd = contentStart + note.UInt32(4);
            if (contentEnd > rest.Length)
            {
                break;
            }

            notes = notes.With(
                rest[12..(int)nameEnd].TrimEnd((byte)0), note.UInt32(8), rest[(int)contentStart..(int)contentEnd], header);
            rest = rest[(int)Math.Min(Align(contentEnd, padding), rest.Length)..];
        }

        return notes;
    }

    private static long Align(long offset, int padding) => (offset + padding - 1) / padding * padding;

    private ElfNotes With(ReadOnlySpan<byte> name, uint type, ReadOnlySpan<byte> content, in ElfHeader header)
    {
        const uint AbiTag = 1, GoBuildId = 4, Properties = 5;
        if (name.SequenceEqual("GNU"u8) && type == AbiTag && content.Length >= 16)
        {
            string? kernel = new EndianSpan(content, header.IsBigEndian).UInt32(0) switch
            {
                0 => "linux",
                1 => "hurd",
                2 => "solaris",
                3 => "freebsd",
                4 => "netbsd",
                _ => null,
            };
            return this with { Kernel = Kernel ?? kernel };
        }

        if (type == Properties && header.Machine is Machine386 or MachineX8664 && name.SequenceEqual("GNU"u8))
        {
            return this with { X86Level = Math.Max(X86Level, ReadX86Level(content, header.Is64Bit ? 8 : 4)) };
        }

        if (type == GoBuildId && name.SequenceEqual("Go"u8))
        {
            return this with { IsGo = true };
        }

        return type != AbiTag ? this with { IsLinuxKernel = IsLinuxKernel || name.SequenceEqual("Linux"u8) || name.SequenceEqual("Xen"u8) }
            : name.SequenceEqual("Android"u8) ? this with { Kernel = Kernel ?? "linux", IsAndroid = true }
            : name.SequenceEqual("FreeBSD"u8) ? this with { Kernel = "freebsd" }
            : name.SequenceEqual("NetBSD"u8) ? this with { Kernel = "netbsd" }
            : name.SequenceEqual("OpenBSD"u8) ? this with { Kernel = "openbsd" }
            : this;
    }

    /// <summary>The highest bit of GNU_PROPERTY_X86_ISA_1_NEEDED (x86-64 psABI): the levels follow one another.</summary>
    private static int ReadX86Level(ReadOnlySpan<byte> properties, int padding)
    {
        const uint NeededInstructionSet = 0xc0008002;
        const int HeadLength = 8, Highest = 4;
        while (properties.Length >= HeadLength)
        {
            EndianSpan property = new(properties, bigEndian: false);
            uint size = property.UInt32(4);
            if (size > properties.Length - HeadLength)
            {
                break;
            }

            if (property.UInt32(0) == NeededInstructionSet && size >= sizeof(uint))
            {
                return Math.Min(Highest, 32 - BitOperations.LeadingZeroCount(property.UInt32(HeadLength)));
            }

            properties = properties[(int)Math.Min(Align(HeadLength + size, padding), properties.Length)..];
        }

        return 0;
    }
}
