using System.Buffers;
using System.Globalization;
using System.Text;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>Reads what the code of an ELF file asks of its machine. Each processor keeps it in a place of its own.</summary>
internal static class ElfRequirements
{
    private static readonly SearchValues<byte> ArchitectureBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);

    /// <summary>What the file tells; null when that is nothing.</summary>
    public static CodeRequirements? Read(in FileView file, ElfFile elf, in ElfNotes notes, in GoBuildInformation go) => elf.Header.Machine switch
    {
        _ when go != default => new() { InstructionSet = go.InstructionSet, FloatingPoint = go.IsSoftFloat ? "soft" : null, IsWhole = true },
        Machine386 or MachineX8664 when notes.X86Level > 1 => new()
        {
            InstructionSet = string.Create(CultureInfo.InvariantCulture, $"x86-64-v{notes.X86Level}"),
        },
        MachineMips => ReadMips(file, elf),
        MachineRiscV => ReadRiscV(file, elf),
        _ => null,
    };

    /// <summary>
    /// Reads .MIPS.abiflags, 24 bytes that the kernel and the loader read too: version, level and revision of the instruction set, three
    /// sizes of registers, the use of floating point, and more (linux, arch/mips/include/asm/elf.h: mips_elf_abiflags_v0).
    /// </summary>
    private static CodeRequirements? ReadMips(in FileView file, ElfFile elf)
    {
        Span<byte> flags = stackalloc byte[24];
        if (!TryFindMipsFlags(elf, out ulong offset) || offset > (ulong)file.Length || !file.TryRead((long)offset, flags))
        {
            return null;
        }

        const int LastWithoutRevision = 5;
        byte level = flags[2], revision = flags[3];
        string? instructionSet = level switch
        {
            >= 1 and <= LastWithoutRevision => string.Create(CultureInfo.InvariantCulture, $"mips{level}"),
            32 or 64 => string.Create(CultureInfo.InvariantCulture, $"mips{level}{(revision > 1 ? $"r{revision}" : "")}"),
            _ => null,
        };
        string? floatingPoint = flags[7] switch { 1 => "double", 2 => "single", 3 => "soft", 5 => "fpxx", 6 => "fp64", 7 => "fp64a", _ => null };
        return instructionSet is null && floatingPoint is null
            ? null
            : new() { InstructionSet = instructionSet, FloatingPoint = floatingPoint };
    }

    private static bool TryFindMipsFlags(ElfFile elf, out ulong offset)
    {
        foreach (ref readonly ElfSegment segment in elf.Segments.AsSpan())
        {
            if (segment.Type == SegmentMipsAbiFlags)
            {
                offset = segment.Offset;
                return !elf.IsSplitDebug;
            }
        }

        foreach (ref readonly ElfSection section in elf.Sections.AsSpan())
        {
            if (section.Type == SectionMipsAbiFlags)
            {
                offset = section.Offset;
                return true;
            }
        }

        offset = 0;
        return false;
    }

    /// <summary>Reads .riscv.attributes: odd tags have texts, even ones numbers (riscv-elf-psabi-doc, "Attributes").</summary>
    private static CodeRequirements? ReadRiscV(in FileView file, ElfFile elf)
    {
        const int StackAlignment = 4, Architecture = 5, MaxArchitecture = 1_024;
        ReadOnlySpan<byte> section = AttributeSection.ReadBytes(file, elf.Sections, stackalloc byte[AttributeSection.UsualSize]);
        CodeRequirements requirements = new();
        for (AttributeSection parts = new(section, elf.Header.IsBigEndian, "riscv"u8); parts.MoveNext();)
        {
            ReadOnlySpan<byte> tags = parts.Current;
            while (AttributeSection.TryTakeNumber(ref tags, out ulong tag))
            {
                scoped ReadOnlySpan<byte> text = default;
                ulong number = 0;
                if (tag % 2 == 1 ? !AttributeSection.TryTakeText(ref tags, out text) : !AttributeSection.TryTakeNumber(ref tags, out number))
                {
                    break;
                }

                requirements = tag switch
                {
                    StackAlignment when number is > 0 and <= int.MaxValue => requirements with { StackAlignment = (int)number },
                    Architecture when IsArchitecture(text) && text.Length <= MaxArchitecture => requirements with { InstructionSet = Encoding.ASCII.GetString(text) },
                    _ => requirements,
                };
            }
        }

        return requirements is { InstructionSet: null, StackAlignment: null } ? null : requirements;
    }

    private static bool IsArchitecture(ReadOnlySpan<byte> text) =>
        text.StartsWith("rv"u8) && !text.ContainsAnyExcept(ArchitectureBytes);
}
