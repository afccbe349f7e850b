using System.Globalization;
using ClosureScan.Platforms.Elf;

namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>The processor family of an ELF file: enough to tell the build machine's from the host's, and read from its first bytes.</summary>
internal readonly record struct Machine(ushort Number, bool Is64Bit, bool IsBigEndian)
{
    /// <summary>The machine of a program, library or object; null for what is no ELF file.</summary>
    public static Machine? Of(ReadOnlySpan<byte> head) =>
        ElfHeader.TryRead(head, out ElfHeader header, out _) && header.Machine != ElfConstants.MachineNone
            ? new Machine(header.Machine, header.Is64Bit, header.IsBigEndian)
            : null;

    /// <summary>All of it as a text, for <see cref="Parse"/>: <c>40-32-little</c>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Number}-{(Is64Bit ? 64 : 32)}-{(IsBigEndian ? "big" : "little")}");

    /// <summary>Reads such a text; null for another one.</summary>
    public static Machine? Parse(string text) =>
        text.Split('-') is [var number, "32" or "64", "big" or "little"] && ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort machine)
            ? new Machine(machine, text.Contains("-64-", StringComparison.Ordinal), text.EndsWith("big", StringComparison.Ordinal))
            : null;

    /// <summary>The family in Nixpkgs' words where it is a usual one.</summary>
    public override string ToString() => (Number, Is64Bit) switch
    {
        (ElfConstants.Machine386, _) => "i686",
        (ElfConstants.MachineX8664, _) => "x86_64",
        (ElfConstants.MachineArm, _) => "arm",
        (183, _) => "aarch64",
        (ElfConstants.MachineRiscV, true) => "riscv64",
        (ElfConstants.MachineRiscV, false) => "riscv32",
        (ElfConstants.MachineMips, _) => IsBigEndian ? "mips" : "mipsel",
        (21, _) => IsBigEndian ? "powerpc64" : "powerpc64le",
        (20, _) => "powerpc",
        (22, _) => "s390x",
        (258, _) => "loongarch64",
        _ => $"ELF machine {Number}",
    };
}
