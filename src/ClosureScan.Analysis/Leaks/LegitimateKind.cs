using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// The kinds of foreign code that are right where they are. Each is accepted unless <see cref="AnalysisOptions.Legitimate"/>, or the
/// <c>catalogue</c> of a policy, leaves it out.
/// <see cref="LegitimateKinds"/> has their names and reasons.
/// </summary>
public enum LegitimateKind
{
    /// <summary>Scripts and tools of <c>dev</c> outputs.</summary>
    DevOutput,

    /// <summary><c>nix-support/propagated-native-build-inputs</c> of outputs that are not for run time.</summary>
    PropagatedBuildInputs,

    /// <summary>The paths of a toolchain, where the root is one.</summary>
    CrossToolchain,

    /// <summary>The <c>lib</c> and <c>libgcc</c> outputs of a cross compiler.</summary>
    ToolchainRuntime,

    /// <summary>Paths without a platform's name that hold only text.</summary>
    TextOnly,

    /// <summary>Emulators that development scripts call.</summary>
    EmulatorWrapper,

    /// <summary>Two builds for one configuration that differ in processor tuning.</summary>
    PseudoCross,

    /// <summary>References that were scrubbed. They name no path; only a deep scan notes them.</summary>
    ScrubbedReference,

    /// <summary>Firmware of devices and co-processors.</summary>
    Firmware,

    /// <summary>Kernel modules of a kernel with wider words than its user land.</summary>
    KernelModule,

    /// <summary>Boot loaders and what they load.</summary>
    BootCode,

    /// <summary>What emulators, virtual machines and Wine hand to their guests.</summary>
    GuestCode,

    /// <summary>32-bit code of the host's own processor family.</summary>
    CompatibleWords,

    /// <summary>Code for graphics and other accelerators.</summary>
    AcceleratorCode,

    /// <summary>BPF programs.</summary>
    BpfProgram,

    /// <summary>Byte code in ELF clothing, of another word size or byte order than the host.</summary>
    PortableCode,

    /// <summary>Inputs of tests for tools that read binaries.</summary>
    TestInput,

    /// <summary>Libraries that a compiler keeps for its targets.</summary>
    TargetSysroot,

    /// <summary>Several platforms' builds shipped in one package.</summary>
    PrebuiltVariants,

    /// <summary>Functions for a newer level of the host's processor that a program chooses as it runs.</summary>
    RunTimeChoice,

    /// <summary>What a runner or an image builder carries for another machine.</summary>
    Cargo,
}
