namespace ClosureScan.Platforms;

/// <summary>
/// Which machine runs which programs. This is the relation a leak is judged by: a program of another platform than its
/// closure's is no fault where the machine runs it.
/// </summary>
/// <remarks>
/// It follows isCompatible of Nixpkgs (lib/systems/parse.nix) and departs from it where hardware does: what depends on the
/// model or on the kernel's configuration is <see cref="Compatibility.Unknown"/>. The C library is no part of it, for in a
/// Nix store a program brings its own loader.
/// </remarks>
internal static class PlatformCompatibility
{
    /// <summary>Tells whether <paramref name="host"/> runs a program or loads a library built for <paramref name="program"/>.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Compatibility Runs(Platform program, Platform host)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(host);
        return Worse(KernelRuns(program, host), Worse(ProcessorRuns(program, host), ConventionRuns(program, host)));
    }

    private static Compatibility Worse(Compatibility left, Compatibility right) =>
        left == Compatibility.No || right == Compatibility.No ? Compatibility.No
        : left == Compatibility.Unknown ? left
        : right;

    private static Compatibility KernelRuns(Platform program, Platform host) =>
        program.Kernel is null || host.Kernel is null || program.Kernel == host.Kernel || Processor.Find(program.Cpu)?.Family == ProcessorFamily.Bytecode
            ? Compatibility.Yes
            : (program.Kernel, host.Kernel) switch
            {
                // Cygwin is a library on Windows; Linux emulation is an option of the BSDs.
                ("cygwin", "windows") or ("windows", "cygwin") => Compatibility.Yes,
                ("linux", "freebsd" or "netbsd") => Compatibility.Unknown,
                _ => Compatibility.No,
            };

    private static Compatibility ProcessorRuns(Platform program, Platform host)
    {
        if (program.Endianness != host.Endianness)
        {
            return Compatibility.No;
        }

        if (Processor.Find(program.Cpu) is not { } code || Processor.Find(host.Cpu) is not { } machine)
        {
            return program.Cpu == host.Cpu ? Compatibility.Yes : Compatibility.Unknown;
        }

        return (code.Family, machine.Family) switch
        {
            (ProcessorFamily.Arm or ProcessorFamily.ArmBigEndian, _) when code.Family == machine.Family => ArmRuns(code, machine),
            _ when code == machine => Compatibility.Yes,

            // A virtual machine of the host's own words.
            (ProcessorFamily.Bytecode, _) => code.Bits == machine.Bits ? Compatibility.Yes : Compatibility.No,

            // But for system instructions, code of the other profiles is application code too.
            (ProcessorFamily.ArmRealTime or ProcessorFamily.ArmMicrocontroller, ProcessorFamily.Arm) when machine.Bits == 32 => Compatibility.Unknown,

            // Rosetta is there when the user has installed it.
            (ProcessorFamily.X86, ProcessorFamily.Arm) when host.Kernel == "darwin" && code.Bits == machine.Bits => Compatibility.Unknown,
            _ when code.Family != machine.Family || code.Family == ProcessorFamily.Other || code.Level > machine.Level => Compatibility.No,

            // macOS dropped 32-bit programs in 10.15.
            (ProcessorFamily.X86, _) when host.Kernel == "darwin" && code.Bits != machine.Bits => Compatibility.No,
            (ProcessorFamily.X86 or ProcessorFamily.Mips or ProcessorFamily.MipsLittleEndian
                or ProcessorFamily.Power or ProcessorFamily.Sparc, _) => Compatibility.Yes,
            _ => Compatibility.Unknown,
        };
    }

    /// <summary>The levels of the application profile. A level that is not told may be any; an AArch64 processor may lack AArch32.</summary>
    private static Compatibility ArmRuns(Processor code, Processor machine) =>
        code.Bits != machine.Bits ? (code.Bits > machine.Bits ? Compatibility.No : Compatibility.Unknown)
        : code.Level == 0 || machine.Level == 0 ? Compatibility.Unknown
        : code.Level <= machine.Level ? Compatibility.Yes
        : Compatibility.No;

    /// <summary>
    /// Calling conventions of one processor. It does not care which, but libraries of two do not link, and some kernels
    /// start only one: a difference is never Yes and, without knowing the program's libraries and the kernel, never No.
    /// </summary>
    private static Compatibility ConventionRuns(Platform program, Platform host)
    {
        bool sameProcessor = program.Cpu == host.Cpu || (Arm32(program) && Arm32(host));
        bool nullIsStandard = program.Cpu is "x86_64" or "aarch64" or "aarch64_be";
        bool isTold = nullIsStandard || (program.Abi is not null && host.Abi is not null);
        return sameProcessor && isTold && program.Abi != host.Abi ? Compatibility.Unknown : Compatibility.Yes;
    }

    private static bool Arm32(Platform platform) => platform.Bits == 32 && Processor.Find(platform.Cpu)?.Family == ProcessorFamily.Arm;
}
