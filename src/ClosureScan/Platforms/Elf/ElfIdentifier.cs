using System.Collections.Immutable;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>Tells what an ELF file is for and which platform it was built for.</summary>
internal static class ElfIdentifier
{
    /// <summary>Identifies a file that begins with the ELF magic.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        if (!ElfFile.TryParse(file, out ElfFile? elf, out string? problem))
        {
            return FileIdentity.Data with { Note = problem };
        }

        ElfHeader header = elf.Header;
        ElfMachine? machine = ElfMachine.Find(header);
        FileRole role = RoleOf(file, elf, machine, out ElfNotes notes);
        GoBuildInformation go = notes.IsGo ? GoBuildInformation.Read(file, elf) : default;
        return new FileIdentity
        {
            Format = FileFormat.Elf,
            Role = role,
            Platform = machine is { } known
                ? PlatformOf(header, known, ReadArmAttributes(file, header, elf.Sections), ElfRuntime.Of(elf, notes), role, go.ArmProcessor)
                : null,
            Interpreter = elf.Interpreter?.Value,
            RunPath = RunPath(elf),
            Needed = Values(elf, DynamicNeeded),
            Requirements = ElfRequirements.Read(file, elf, notes, go),
            Note = elf.Problem ?? (machine is null ? $"ELF machine {header.Machine} is not known" : null),
        };
    }

    /// <summary>
    /// Identifies a member of an archive: its platform alone, at the cost of its header and, on ARM, its section headers.
    /// Null when it cannot be told.
    /// </summary>
    public static Platform? IdentifyObject(in FileView file)
    {
        Span<byte> head = stackalloc byte[ElfHeader.MaxSize];
        if (!ElfHeader.TryRead(head[..file.Read(0, head)], out ElfHeader header, out _) || header.Machine == MachineNone || ElfMachine.Find(header) is not { } machine)
        {
            return null;
        }

        string? ignored = null;
        ArmAttributes attributes = header.Machine == MachineArm
            ? ReadArmAttributes(file, header, ElfTables.ReadSections(file, header, ElfTables.ReadFirstSection(file, header), ref ignored))
            : default;
        return PlatformOf(header, machine, attributes, default, FileRole.Object);
    }

    private static FileRole RoleOf(in FileView file, ElfFile elf, ElfMachine? machine, out ElfNotes notes)
    {
        notes = ElfNotes.Read(file, elf);

        if (machine is { IsAuxiliary: true })
        {
            return FileRole.Auxiliary;
        }

        if (elf.IsSplitDebug)
        {
            return FileRole.DebugInfo;
        }

        bool hasSoname = HasString(elf, DynamicSoname);
        switch (elf.Header.Type)
        {
            case TypeRelocatable:
                return ElfKernelModule.IsModule(file, elf) ? FileRole.Kernel : FileRole.Object;
            case TypeExecutable or TypeDynamic when notes.IsLinuxKernel && elf.Interpreter is null && !hasSoname:
                return FileRole.Kernel;
            case TypeExecutable:
                return FileRole.Program;
            case TypeDynamic:
                // glibc's own libraries have an interpreter, so as to print their version; a program has no soname.
                bool isProgram = (elf.DynamicFlags1 & Flags1PositionIndependentExecutable) != 0 || (elf.Interpreter is not null && !hasSoname);
                return isProgram ? FileRole.Program : FileRole.SharedLibrary;
            default:
                return FileRole.None;
        }
    }

    private static Platform PlatformOf(
        in ElfHeader header, in ElfMachine machine, in ArmAttributes attributes, in ElfRuntime runtime, FileRole role, string? armProcessor = null)
    {
        // The attributes' words are those of little-endian code.
        bool isArm = machine.Cpu == "arm";
        string cpu = isArm ? armProcessor ?? attributes.Cpu : machine.Cpu;
        return new Platform
        {
            Cpu = cpu,
            Bits = header.Is64Bit ? 64 : Math.Min(32, Processor.Find(cpu)?.Bits ?? 32),
            Endianness = header.IsBigEndian ? Endianness.Big : Endianness.Little,

            // The profiles for microcontrollers and real time have no memory management that a system could use.
            Kernel = machine.IsAuxiliary || cpu is "armv6m" or "armv7m" or "armv8m" or "armv7r" or "armv8r" ? "none" : runtime.Kernel,

            // A kernel passes no floats, so that its linker's flag is no convention.
            Abi = !isArm ? machine.Abi
                : role == FileRole.Kernel ? null
                : machine.Abi ?? (attributes.IsHardFloat ? "eabihf" : runtime.ArmAbi),
            Libc = runtime.Libc,
        };
    }

    private static ArmAttributes ReadArmAttributes(in FileView file, in ElfHeader header, ReadOnlySpan<ElfSection> sections)
    {
        if (header.Machine != MachineArm)
        {
            return default;
        }

        ReadOnlySpan<byte> section = AttributeSection.ReadBytes(file, sections, stackalloc byte[AttributeSection.UsualSize]);
        return ArmAttributes.Read(section, header.IsBigEndian);
    }

    private static ImmutableArray<string> RunPath(ElfFile elf)
    {
        // The loader ignores DT_RPATH where there is DT_RUNPATH.
        ImmutableArray<string> paths = Values(elf, DynamicRunpath);
        paths = paths.IsEmpty ? Values(elf, DynamicRpath) : paths;
        return paths is [string one] ? [.. one.Split(':', StringSplitOptions.RemoveEmptyEntries)] : paths;
    }

    private static ImmutableArray<string> Values(ElfFile elf, ulong tag)
    {
        if (!HasString(elf, tag))
        {
            return [];
        }

        ImmutableArray<string>.Builder values = ImmutableArray.CreateBuilder<string>();
        foreach (ref readonly ElfString text in elf.DynamicStrings)
        {
            if (text.Tag == tag)
            {
                values.Add(text.Value);
            }
        }

        return values.ToImmutable();
    }

    private static bool HasString(ElfFile elf, ulong tag)
    {
        foreach (ref readonly ElfString text in elf.DynamicStrings)
        {
            if (text.Tag == tag)
            {
                return true;
            }
        }

        return false;
    }
}
