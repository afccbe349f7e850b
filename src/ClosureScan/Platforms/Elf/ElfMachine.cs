using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>What the ELF header says of the processor: the table of e_machine, and what e_flags add to it.</summary>
/// <param name="Cpu">The processor in Nixpkgs' words, or in GNU's (config.sub) where Nixpkgs has none.</param>
/// <param name="Abi">The calling convention, or null.</param>
/// <param name="IsAuxiliary">Whether it is never the processor that the operating system runs on.</param>
internal readonly record struct ElfMachine(string Cpu, string? Abi = null, bool IsAuxiliary = false)
{
    /// <summary>Looks the header up; null for a machine that this table does not know.</summary>
    public static ElfMachine? Find(in ElfHeader header)
    {
        bool big = header.IsBigEndian;
        bool is64 = header.Is64Bit;
        return header.Machine switch
        {
            MachineNone => new($"bytecode{(is64 ? 64 : 32)}{(big ? "be" : "")}", IsAuxiliary: true),
            2 or 18 => new("sparc"),
            Machine386 or 6 => new("i686"), // 6 was EM_486, and is Intel's microcontroller by now: the same instructions
            4 => new("m68k"),
            8 or 10 => Mips(header),
            15 => new(is64 ? "hppa64" : "hppa"),
            20 => new(big ? "powerpc" : "powerpcle"),
            21 => Power64(header),
            22 => new(is64 ? "s390x" : "s390"),
            MachineArm => new(big ? "armeb" : "arm", ArmConvention(header)),
            42 => new(big ? "sh4eb" : "sh4"),
            43 => new("sparc64"),
            50 => new("ia64"),
            62 => new("x86_64", is64 ? null : "x32"),
            80 => new("mmix"),
            83 => new("avr", IsAuxiliary: true),
            88 => new("m32r"),
            92 => new("or1k"),
            93 or 195 or 255 => new(big ? "arceb" : "arc"),
            94 => new("xtensa"),
            105 => new("msp430", IsAuxiliary: true),
            137 => new("vc4", IsAuxiliary: true),
            164 => new("hexagon", IsAuxiliary: true),
            173 => new("rx", IsAuxiliary: true),
            183 => new(big ? "aarch64_be" : "aarch64", is64 ? null : "ilp32"),
            188 or 191 => new("tilegx", IsAuxiliary: true),
            189 => new(big ? "microblaze" : "microblazeel"),
            190 => new("cuda", IsAuxiliary: true),
            205 => new("intelgt", IsAuxiliary: true),
            224 => new("amdgpu", IsAuxiliary: true),
            243 => new(is64 ? "riscv64" : "riscv32", RiscV(header)),
            244 => new("lanai", IsAuxiliary: true),
            247 => new("bpf", IsAuxiliary: true),
            251 => new("ve", IsAuxiliary: true),
            252 => new("csky"),
            253 => new("arc64"),
            258 => new(is64 ? "loongarch64" : "loongarch32", LoongArch(header)),
            0x9026 => new("alpha"),
            _ => null,
        };
    }

    private static string? ArmConvention(in ElfHeader header)
    {
        // Set by the linker alone: neither flag in an object says anything.
        const uint HardFloat = 0x400, SoftFloat = 0x200;
        return header.Type == TypeRelocatable ? null
            : (header.Flags & HardFloat) != 0 ? "eabihf"
            : (header.Flags & SoftFloat) != 0 ? "eabi"
            : null;
    }

    private static ElfMachine Mips(in ElfHeader header)
    {
        const uint Abi2 = 0x20, AbiMask = 0xf000, ArchitectureMask = 0xf0000000, Release6Of32 = 0x90000000, Release6Of64 = 0xa0000000;
        string abi = header.Is64Bit ? "n64"
            : (header.Flags & Abi2) != 0 ? "n32"
            : (header.Flags & AbiMask) switch { 0x2000 => "o64", 0x3000 => "eabi32", 0x4000 => "eabi64", _ => "o32" };
        bool wide = abi is "n64" or "n32" or "o64" or "eabi64";

        // Release 6 moved instructions: its code and that of the releases before do not run on each other's processors.
        bool release6 = (header.Flags & ArchitectureMask) is Release6Of32 or Release6Of64;
        string order = header.IsBigEndian ? "" : "el";
        return new((release6, wide) switch
        {
            (false, false) => $"mips{order}",
            (false, true) => $"mips64{order}",
            (true, false) => $"mipsisa32r6{order}",
            (true, true) => $"mipsisa64r6{order}",
        }, abi);
    }

    private static ElfMachine Power64(in ElfHeader header)
    {
        // Objects leave the version out, in big-endian libc.a all of them; little-endian Linux has only had the second.
        string? abi = (header.Flags & 3) switch { 1 => "elfv1", 2 => "elfv2", _ => header.IsBigEndian ? null : "elfv2" };
        return new(header.IsBigEndian ? "powerpc64" : "powerpc64le", abi);
    }

    private static string RiscV(in ElfHeader header)
    {
        const uint Embedded = 8, FloatMask = 6;
        string integers = header.Is64Bit ? "lp64" : "ilp32";
        return (header.Flags & Embedded) != 0
            ? $"{integers}e"
            : (header.Flags & FloatMask) switch { 0 => integers, 2 => $"{integers}f", 4 => $"{integers}d", _ => $"{integers}q" };
    }

    private static string? LoongArch(in ElfHeader header)
    {
        string integers = header.Is64Bit ? "lp64" : "ilp32";
        return (header.Flags & 7) switch { 1 => $"{integers}s", 2 => $"{integers}f", 3 => $"{integers}d", _ => null };
    }
}
