using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The names that a policy's <c>catalogue</c> knows, and why each kind is accepted.</summary>
public static class LegitimateKinds
{
    private static readonly string[] Names =
        [.. Enum.GetNames<LegitimateKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>Every kind.</summary>
    internal static ImmutableArray<LegitimateKind> All { get; } = [.. Enum.GetValues<LegitimateKind>()];

    /// <summary>Every kind, as a set.</summary>
    internal static FrozenSet<LegitimateKind> Catalogue { get; } = All.ToFrozenSet();

    /// <summary>The name in policies and reports: <c>dev-output</c>.</summary>
    public static string ToName(this LegitimateKind kind) => Names[(int)kind];

    /// <summary>The kind of that name. False when there is none.</summary>
    internal static bool TryParse(string name, out LegitimateKind kind)
    {
        int index = Array.IndexOf(Names, name);
        kind = (LegitimateKind)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Why code of this kind is right where it is, and on what condition, in a sentence or two.</summary>
    internal static string Reason(this LegitimateKind kind) => kind switch
    {
        LegitimateKind.DevOutput =>
            "Nixpkgs patches the scripts of dev outputs for the build machine on purpose: they run while something is built against the package. Only where nothing that is to run needs the output.",
        LegitimateKind.PropagatedBuildInputs =>
            "nix-support/propagated-native-build-inputs names build machine paths by definition. Only in outputs that nothing at run time needs.",
        LegitimateKind.CrossToolchain =>
            "A closure that is rooted in a cross compiler is meant to hold its tools. Only where every root that is to run is reached without them.",
        LegitimateKind.ToolchainRuntime =>
            "The lib and libgcc outputs of a cross compiler hold the host's libraries although their names begin like the compiler's. Only where their binaries are the host's.",
        LegitimateKind.TextOnly =>
            "Headers, units, fonts and sources are built without a compiler and carry no platform in their names. Only where no binary is in them, and the name is neither another platform's nor that of a tool that makes code for the host.",
        LegitimateKind.EmulatorWrapper =>
            "Introspection tools in dev outputs run the host's programs on the build machine through an emulator. Only in outputs that nothing at run time needs.",
        LegitimateKind.PseudoCross =>
            "A build for another tuning of the same processor counts as cross in Nixpkgs; its references run on both. Only where processor and C library are the host's.",
        LegitimateKind.ScrubbedReference =>
            "remove-references-to and the compiler's own patch leave a store path with an impossible hash, which refers to nothing.",
        LegitimateKind.Firmware =>
            "lib/firmware holds programs for devices, radios and co-processors, and code for microcontrollers runs on no system at all. Only what is linked to no interpreter and no library.",
        LegitimateKind.KernelModule =>
            "A 64-bit kernel may serve a 32-bit user land; its modules are of the kernel's word size. Only where its processor is of the host's family, and never the other way round.",
        LegitimateKind.BootCode =>
            "Boot loaders, and the firmware they replace, run before the system and in the machine's first mode. Only for a processor of the host's family.",
        LegitimateKind.GuestCode =>
            "Emulators, virtual machines and Wine ship firmware and libraries for the machines they imitate. Only in their own directories, and not what is linked for Linux.",
        LegitimateKind.CompatibleWords =>
            "Programs of the host's 32-bit predecessor run on it when the system was made to: i686 on x86_64, armv7l on many aarch64.",
        LegitimateKind.AcceleratorCode =>
            "Kernels for graphics and signal processors are loaded by a driver, not by the system. Only for processors that no system runs on, and what is linked to no interpreter and no library.",
        LegitimateKind.BpfProgram =>
            "BPF objects are run by the kernel's own machine on every processor. Only code for that machine: what lies beside it is judged like any other.",
        LegitimateKind.PortableCode =>
            "Guile stores byte code in ELF files without a machine; what is of another word size it compiles anew from the source beside it.",
        LegitimateKind.TestInput =>
            "Tools that read binaries ship binaries of many machines as test data. Only in directories of that name.",
        LegitimateKind.TargetSysroot =>
            "Compilers with several targets keep a runtime library for each. Only where the bytes are for the platform that the directory names.",
        LegitimateKind.PrebuiltVariants =>
            "Packages ship one build a platform and load the right one. Only where the bytes are for the platform that their place names, and the host's build stands beside it or the build machine cannot have made it; a missing one is noted. Programs of an operating system that nothing is built on need no such place.",
        LegitimateKind.RunTimeChoice =>
            "Linkers merge what objects ask for to the highest, so that one function which is chosen at run time lifts the whole program. Only where most programs and libraries of the path are at the host's level, and never for what was compiled for that level as a whole, as Go does; or in the directory for that level (glibc-hwcaps), which the loader passes over elsewhere.",
        _ => "Runners of virtual machines and builders of images run on the build machine and carry another machine's system. Only from a root that is a runner by its name or by what it starts, to what its scripts do not run themselves.",
    };
}
