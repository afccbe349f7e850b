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
    public static ImmutableArray<LegitimateKind> All { get; } = [.. Enum.GetValues<LegitimateKind>()];

    /// <summary>Every kind, as a set.</summary>
    public static FrozenSet<LegitimateKind> Catalogue { get; } = All.ToFrozenSet();

    /// <summary>The name in policies and reports: <c>dev-output</c>.</summary>
    public static string ToName(this LegitimateKind kind) => Names[(int)kind];

    /// <summary>The kind of that name. False when there is none.</summary>
    public static bool TryParse(string name, out LegitimateKind kind)
    {
        int index = Array.IndexOf(Names, name);
        kind = (LegitimateKind)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Why code of this kind is right where it is, in one sentence.</summary>
    public static string Reason(this LegitimateKind kind) => kind switch
    {
        LegitimateKind.DevOutput =>
            "Nixpkgs patches the scripts of dev outputs for the build machine on purpose: they run while something is built against the package.",
        LegitimateKind.PropagatedBuildInputs =>
            "nix-support/propagated-native-build-inputs names build machine paths by definition; it is a leak only in a runtime output.",
        LegitimateKind.CrossToolchain =>
            "A closure that is rooted in a cross compiler, or in what builds images, is meant to hold its tools.",
        LegitimateKind.ToolchainRuntime =>
            "The lib and libgcc outputs of a cross compiler hold the host's libraries although their names begin like the compiler's.",
        LegitimateKind.TextOnly =>
            "Headers, units, fonts and sources are built without a compiler and carry no platform in their names.",
        LegitimateKind.EmulatorWrapper =>
            "Introspection tools in dev outputs run the host's programs on the build machine through an emulator.",
        LegitimateKind.PseudoCross =>
            "A build for another tuning of the same processor counts as cross in Nixpkgs; its references run on both.",
        LegitimateKind.ScrubbedReference =>
            "remove-references-to and the compiler's own patch leave a store path with an impossible hash, which refers to nothing.",
        LegitimateKind.Firmware =>
            "lib/firmware holds programs for devices, radios and co-processors, which never run on the main processor.",
        LegitimateKind.KernelModule =>
            "A 64-bit kernel may serve a 32-bit user land; its modules are of the kernel's word size.",
        LegitimateKind.BootCode =>
            "Boot loaders, and the firmware they replace, run before the system and in the machine's first mode.",
        LegitimateKind.GuestCode =>
            "Emulators, virtual machines and Wine ship firmware and libraries for the machines they imitate.",
        LegitimateKind.CompatibleWords =>
            "Programs of the host's 32-bit predecessor run on it when the system was made to: i686 on x86_64, armv7l on many aarch64.",
        LegitimateKind.AcceleratorCode =>
            "Kernels for graphics and signal processors are loaded by a driver, not by the system.",
        LegitimateKind.BpfProgram =>
            "BPF objects are run by the kernel's own machine on every processor.",
        LegitimateKind.PortableCode =>
            "Guile stores byte code in ELF files without a machine; what is of another word size it compiles anew from the source beside it.",
        LegitimateKind.TestInput =>
            "Tools that read binaries ship binaries of many machines as test data.",
        LegitimateKind.TargetSysroot =>
            "Compilers with several targets keep a runtime library for each.",
        _ => "Packages of interpreted languages ship one prebuilt library a platform and load the right one.",
    };
}
