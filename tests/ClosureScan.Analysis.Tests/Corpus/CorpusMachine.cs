using System.Collections.Immutable;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>A platform of the corpus: what its name is in Nix, and what the headers of its ELF files say.</summary>
internal sealed record CorpusMachine(string System, string Triple, string Loader, ushort Machine, uint Flags, bool Is64)
{
    public static readonly CorpusMachine Arm = new("armv7l-linux", "armv7l-unknown-linux-gnueabihf", "ld-linux-armhf.so.3", 40, 0x05000400, false);
    public static readonly CorpusMachine Aarch64 = new("aarch64-linux", "aarch64-unknown-linux-gnu", "ld-linux-aarch64.so.1", 183, 0, true);
    public static readonly CorpusMachine Riscv64 = new("riscv64-linux", "riscv64-unknown-linux-gnu", "ld-linux-riscv64-lp64d.so.1", 243, 5, true);
    public static readonly CorpusMachine Mipsel = new("mipsel-linux", "mipsel-unknown-linux-gnu", "ld.so.1", 8, 0x70001007, false);
    public static readonly CorpusMachine Intel = new("x86_64-linux", "x86_64-unknown-linux-gnu", "ld-linux-x86-64.so.2", 62, 0, true);
    public static readonly CorpusMachine Intel32 = new("i686-linux", "i686-unknown-linux-gnu", "ld-linux.so.2", 3, 0, false);

    /// <summary>All of them.</summary>
    public static ImmutableArray<CorpusMachine> All { get; } = [Arm, Aarch64, Riscv64, Mipsel, Intel, Intel32];

    /// <summary>An ELF file for this machine, dynamic unless said otherwise.</summary>
    public ElfBuilder Elf(ushort type = 3)
    {
        ElfBuilder elf = new(Is64) { Type = type, Machine = Machine, Flags = type == 1 ? Flags & ~0x400u : Flags };
        return Machine == Arm.Machine ? elf.ArmAttributes((6, 10), (7, (byte)'A'), (28, 1)) : elf;
    }

    /// <summary>A name of Nixpkgs for this host: <c>@</c> stands for the host's suffix, which native builds lack, and <c>%</c> for the triple.</summary>
    public string Name(string pattern, bool isNative) =>
        pattern.Replace("@", isNative ? "" : "-" + Triple, StringComparison.Ordinal).Replace("%", Triple, StringComparison.Ordinal);
}
