using System.Collections.Immutable;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>A machine that situations are built for: its triple in Nixpkgs, its compiler in Debian, and where its loader lies in glibc.</summary>
internal sealed record Machine(string System, string Triple, string Compiler, string Package, string Loader)
{
    public static readonly Machine Intel = new("x86_64-linux", "x86_64-unknown-linux-gnu", "gcc", "gcc", "ld-linux-x86-64.so.2");
    public static readonly Machine Aarch64 = new("aarch64-linux", "aarch64-unknown-linux-gnu", "aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", "ld-linux-aarch64.so.1");
    public static readonly Machine Arm = new("armv7l-linux", "armv7l-unknown-linux-gnueabihf", "arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf", "ld-linux-armhf.so.3");
    public static readonly Machine RiscV = new("riscv64-linux", "riscv64-unknown-linux-gnu", "riscv64-linux-gnu-gcc", "gcc-riscv64-linux-gnu", "ld-linux-riscv64-lp64d.so.1");

    /// <summary>All of them.</summary>
    public static ImmutableArray<Machine> All { get; } = [Intel, Aarch64, Arm, RiscV];

    /// <summary>A tool of its compiler: <c>strip</c>.</summary>
    public string Tool(string name) => Compiler[..^3] + name;

    /// <summary>The host's glibc: cross-built paths carry the triple, those of the build machine do not.</summary>
    public string Libc => this == Intel ? "glibc-2.40-66" : $"glibc-{Triple}-2.40-66";
}
