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
        return new FileIdentity
        {
            Format = FileFormat.Elf,
            Role = role,
            Platform = machine is { } known ? PlatformOf(file, elf, known, notes, role) : null,
            Interpreter = elf.Interpreter?.Value,
            RunPath = RunPath(elf),
            Needed = Values(elf, DynamicNeeded),
            Note = elf.Problem ?? (machine is null && header.Machine != 0 ? $"ELF machine {header.Machine} is not known" : null),
        };
    }

    /// <summary>Identifies a member of an archive: its platform alone, at the cost of its header and, on ARM, its attributes. Null when it cannot be told.</summary>
    public static Platform? IdentifyObject(in FileView file)
    {
        Span<byte> head = stackalloc byte[ElfHeader.MaxSize];
        return ElfHeader.TryRead(head[..file.Read(0, head)], out ElfHeader header, out _)
            && ElfMachine.Find(header) is { } machine
            && ElfFile.TryParse(file, out ElfFile? elf, out _)
            ? PlatformOf(file, elf, machine, ElfNotes.Read(file, elf), FileRole.Object)
            : null;
    }

    private static FileRole RoleOf(in FileView file, ElfFile elf, ElfMachine? machine, out ElfNotes notes)
    {
        notes = ElfNotes.Read(file, elf);

        // EM_NONE: Guile's byte code, which is laid out as ELF for every machine alike.
        if (machine is { IsAuxiliary: true } || elf.Header.Machine == 0)
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

    private static Platform PlatformOf(in FileView file, ElfFile elf, in ElfMachine machine, in ElfNotes notes, FileRole role)
    {
        ElfHeader header = elf.Header;
        ElfRuntime runtime = ElfRuntime.Of(elf, notes);
        string cpu = machine.Cpu;
        string? abi = machine.Abi;
        if (cpu == "arm")
        {
            ArmAttributes attributes = ReadArmAttributes(file, elf);
            cpu = attributes.Cpu;
            abi = role == FileRole.Kernel ? null : abi ?? (attributes.IsHardFloat ? "eabihf" : runtime.ArmAbi);
        }

        Processor? processor = Processor.Find(cpu);
        return new Platform
        {
            Cpu = cpu,
            Bits = header.Is64Bit ? 64 : Math.Min(32, processor?.Bits ?? 32),
            Endianness = header.IsBigEndian ? Endianness.Big : Endianness.Little,
            Kernel = machine.IsAuxiliary ? "none" : runtime.Kernel,
            Abi = abi,
            Libc = runtime.Libc,
        };
    }

    private static ArmAttributes ReadArmAttributes(in FileView file, ElfFile elf)
    {
        foreach (ref readonly ElfSection section in elf.Sections.AsSpan())
        {
            if (section.Type == SectionArmAttributes && section.Size <= ArmAttributes.MaxSize && section.Offset <= (ulong)file.Length)
            {
                const int Usual = 256;
                int size = (int)section.Size;
                Span<byte> bytes = size <= Usual ? stackalloc byte[Usual] : new byte[size];
                return ArmAttributes.Read(bytes[..file.Read((long)section.Offset, bytes[..size])], elf.Header.IsBigEndian);
            }
        }

        return default;
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
