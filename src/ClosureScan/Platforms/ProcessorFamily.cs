namespace ClosureScan.Platforms;

/// <summary>Processors that may run each other's code. Those of two families never do.</summary>
internal enum ProcessorFamily
{
    /// <summary>A processor that runs nothing but its own code.</summary>
    Other,

    /// <summary>Virtual machines whose code has words of the host's size.</summary>
    Bytecode,
    X86,

    /// <summary>ARM's application profile, 32 and 64 bits.</summary>
    Arm,
    ArmBigEndian,
    ArmRealTime,
    ArmMicrocontroller,
    Mips,
    MipsLittleEndian,
    MipsRelease6,
    MipsRelease6LittleEndian,
    Power,
    PowerLittleEndian,
    RiscV,
    S390,
    Sparc,
    LoongArch,
    PaRisc,
    Wasm32,
    Wasm64,
}
