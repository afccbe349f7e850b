using System.Collections.Frozen;

namespace ClosureScan.Platforms;

/// <summary>
/// A processor that this library has a name for: the cpuTypes of Nixpkgs' lib/systems/parse.nix, and where Nixpkgs has
/// none the name of GNU's config.sub.
/// </summary>
/// <param name="Name">The name, <see cref="Platform.Cpu"/>.</param>
/// <param name="Family">The instruction set; processors of two families run nothing of each other's.</param>
/// <param name="Bits">Bits in an address.</param>
/// <param name="Endianness">The order of bytes.</param>
/// <param name="Level">The rank in the family: a higher one runs the code of the lower. 0 where the name tells none.</param>
internal sealed record Processor(string Name, ProcessorFamily Family, int Bits, Endianness Endianness, int Level)
{
    private const Endianness Little = Endianness.Little;
    private const Endianness Big = Endianness.Big;

    private static readonly FrozenDictionary<string, Processor> ByName = new Processor[]
    {
        new("i386", ProcessorFamily.X86, 32, Little, 3),
        new("i486", ProcessorFamily.X86, 32, Little, 4),
        new("i586", ProcessorFamily.X86, 32, Little, 5),
        new("i686", ProcessorFamily.X86, 32, Little, 6),
        new("x86_64", ProcessorFamily.X86, 64, Little, 64),
        new("arm", ProcessorFamily.Arm, 32, Little, 0),
        new("armv5tel", ProcessorFamily.Arm, 32, Little, 5),
        new("armv6l", ProcessorFamily.Arm, 32, Little, 6),
        new("armv7a", ProcessorFamily.Arm, 32, Little, 7),
        new("armv7l", ProcessorFamily.Arm, 32, Little, 7),
        new("armv8a", ProcessorFamily.Arm, 32, Little, 8),
        new("armeb", ProcessorFamily.ArmBigEndian, 32, Big, 0),
        new("armv7r", ProcessorFamily.ArmRealTime, 32, Little, 7),
        new("armv8r", ProcessorFamily.ArmRealTime, 32, Little, 8),
        new("armv6m", ProcessorFamily.ArmMicrocontroller, 32, Little, 6),
        new("armv7m", ProcessorFamily.ArmMicrocontroller, 32, Little, 7),
        new("armv8m", ProcessorFamily.ArmMicrocontroller, 32, Little, 8),
        new("aarch64", ProcessorFamily.Arm, 64, Little, 64),
        new("aarch64_be", ProcessorFamily.ArmBigEndian, 64, Big, 64),
        new("mips", ProcessorFamily.Mips, 32, Big, 32),
        new("mips64", ProcessorFamily.Mips, 64, Big, 64),
        new("mipsel", ProcessorFamily.MipsLittleEndian, 32, Little, 32),
        new("mips64el", ProcessorFamily.MipsLittleEndian, 64, Little, 64),
        new("mipsisa32r6", ProcessorFamily.MipsRelease6, 32, Big, 32),
        new("mipsisa64r6", ProcessorFamily.MipsRelease6, 64, Big, 64),
        new("mipsisa32r6el", ProcessorFamily.MipsRelease6LittleEndian, 32, Little, 32),
        new("mipsisa64r6el", ProcessorFamily.MipsRelease6LittleEndian, 64, Little, 64),
        new("powerpc", ProcessorFamily.Power, 32, Big, 32),
        new("powerpc64", ProcessorFamily.Power, 64, Big, 64),
        new("powerpcle", ProcessorFamily.PowerLittleEndian, 32, Little, 32),
        new("powerpc64le", ProcessorFamily.PowerLittleEndian, 64, Little, 64),
        new("riscv32", ProcessorFamily.RiscV, 32, Little, 32),
        new("riscv64", ProcessorFamily.RiscV, 64, Little, 64),
        new("s390", ProcessorFamily.S390, 32, Big, 32),
        new("s390x", ProcessorFamily.S390, 64, Big, 64),
        new("sparc", ProcessorFamily.Sparc, 32, Big, 32),
        new("sparc64", ProcessorFamily.Sparc, 64, Big, 64),
        new("loongarch32", ProcessorFamily.LoongArch, 32, Little, 32),
        new("loongarch64", ProcessorFamily.LoongArch, 64, Little, 64),
        new("hppa", ProcessorFamily.PaRisc, 32, Big, 32),
        new("hppa64", ProcessorFamily.PaRisc, 64, Big, 64),
        new("wasm32", ProcessorFamily.Wasm32, 32, Little, 0),
        new("wasm64", ProcessorFamily.Wasm64, 64, Little, 0),
        Alone("alpha", 64, Little),
        Alone("amdgpu", 64, Little),
        Alone("arc", 32, Little),
        Alone("arc64", 64, Little),
        Alone("arceb", 32, Big),
        Alone("avr", 16, Little),
        Alone("bpf", 64, Little),
        new("bytecode32", ProcessorFamily.Bytecode, 32, Little, 0),
        new("bytecode32be", ProcessorFamily.Bytecode, 32, Big, 0),
        new("bytecode64", ProcessorFamily.Bytecode, 64, Little, 0),
        new("bytecode64be", ProcessorFamily.Bytecode, 64, Big, 0),
        Alone("csky", 32, Little),
        Alone("cuda", 64, Little),
        Alone("ebc", 64, Little),
        Alone("hexagon", 32, Little),
        Alone("ia64", 64, Little),
        Alone("intelgt", 64, Little),
        Alone("javascript", 32, Little),
        Alone("lanai", 32, Big),
        Alone("m32r", 32, Big),
        Alone("m68k", 32, Big),
        Alone("microblaze", 32, Big),
        Alone("microblazeel", 32, Little),
        Alone("mmix", 64, Big),
        Alone("msp430", 16, Little),
        Alone("or1k", 32, Big),
        Alone("rx", 32, Little),
        Alone("sh4", 32, Little),
        Alone("sh4eb", 32, Big),
        Alone("tilegx", 64, Little),
        Alone("vc4", 32, Little),
        Alone("ve", 64, Little),
        Alone("xtensa", 32, Little),
    }.ToFrozenDictionary(processor => processor.Name);

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["amd64"] = "x86_64",
        ["arm64"] = "aarch64",
        ["arm64e"] = "aarch64",
        ["armv5te"] = "armv5tel",
        ["armv6kz"] = "armv6l",
        ["armv7"] = "armv7l",
        ["armv8l"] = "armv8a",
        ["js"] = "javascript",
        ["ppc"] = "powerpc",
        ["ppc64"] = "powerpc64",
        ["ppc64le"] = "powerpc64le",
        ["sparcv9"] = "sparc64",
        ["x64"] = "x86_64",
    }.ToFrozenDictionary();

    /// <summary>The processors, in no order.</summary>
    public static IEnumerable<Processor> All => ByName.Values;

    /// <summary>Finds a processor by its name or another common one; null for a name that this table does not have.</summary>
    public static Processor? Find(ReadOnlySpan<char> name) =>
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Processor? processor) ? processor
        : Aliases.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out string? alias) ? ByName[alias]
        : null;


    /// <summary>The platform of code for this processor of which no more is known.</summary>
    public Platform ToPlatform(string? kernel = null) => new() { Cpu = Name, Bits = Bits, Endianness = Endianness, Kernel = kernel };

    /// <summary>The platform of code for a processor of the table.</summary>
    /// <exception cref="KeyNotFoundException">The table has no <paramref name="name"/>.</exception>
    public static Platform PlatformOf(string name, string? kernel = null) => ByName[name].ToPlatform(kernel);

    private static Processor Alone(string name, int bits, Endianness endianness) => new(name, ProcessorFamily.Other, bits, endianness, 0);
}
