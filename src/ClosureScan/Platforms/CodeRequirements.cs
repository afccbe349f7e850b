namespace ClosureScan.Platforms;

/// <summary>
/// What a binary asks of its machine beside its <see cref="Platform"/>, where its bytes tell. It is a minimum: a machine
/// that has more runs it too, and files of one package may ask for different things.
/// </summary>
internal sealed record CodeRequirements
{
    /// <summary>
    /// The instruction set: a level of x86-64 (<c>x86-64-v3</c>, from a property note; the first level is not told), a release of MIPS
    /// (<c>mips32r2</c>, from .MIPS.abiflags), what a Go program was compiled for (GOAMD64, GORISCV64 …), or a RISC-V architecture string (<c>rv64i2p1_m2p0_a2p1</c>, from .riscv.attributes);
    /// null when the file does not tell.
    /// </summary>
    public string? InstructionSet { get; init; }

    /// <summary>
    /// How MIPS code uses floating point, in GCC's words: <c>double</c>, <c>single</c>, <c>soft</c>, <c>fpxx</c> (registers of either
    /// width), <c>fp64</c>, <c>fp64a</c>; null when it uses none, and for other processors, whose <see cref="Platform.Abi"/> tells.
    /// </summary>
    public string? FloatingPoint { get; init; }

    /// <summary>The bytes that RISC-V code aligns its stack to; null when it does not tell, and for other processors.</summary>
    public int? StackAlignment { get; init; }

    /// <summary>Whether all of the program was compiled for it, as Go does; where linkers merge what objects ask for, a part may be chosen at run time.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The instruction set and what is odd about floating point, for people: <c>mips32r2, soft</c>; empty when neither is told.</summary>
    public override string ToString() => string.Join(", ", new[] { InstructionSet, FloatingPoint }.Where(static part => part is not null));
}
