using System.Collections.Frozen;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Analysis.Tests.Situations;
using ClosureScan.Testing;
using static ClosureScan.Analysis.Tests.Situations.Machine;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>
/// Each kind of the catalogue excuses what meets its condition, and its twin, which misses that condition by one thing, is found. The sentences that the README has
/// are those of the catalogue (ReadmeTests).
/// </summary>
public sealed class LegitimateConditionTests
{
    private const string R = "armv7l-unknown-linux-gnueabihf";
    private const string A = "aarch64-unknown-linux-gnu";
    private const string App = $"app-{R}-1";
    private const string Musl = "app-x86_64-unknown-linux-musl-1";
    private const string Variants = "lib/node_modules/a/prebuilds/";

    private static readonly CorpusMachine Gpu = new("amdgcn", "amdgcn", "", 224, 0, true);
    private static readonly CorpusMachine Bpf = new("bpf", "bpf", "", 247, 0, true);

    private static readonly (LegitimateKind Kind, Action<Scene> Right, Action<Scene> Wrong)[] Rows =
    [
        (LegitimateKind.DevOutput, s => Bash(s.Script($"foo-{R}-1-dev", "bin/x", "#!{bash-5.2}/bin/bash\n")), s => Bash(s.Link(App, "dev", $"{{foo-{R}-1-dev}}").Script($"foo-{R}-1-dev", "bin/x", "#!{bash-5.2}/bin/bash\n"))),
        (LegitimateKind.PropagatedBuildInputs, s => Bash(s.Text($"foo-{R}-1-dev", "nix-support/propagated-native-build-inputs", "{bash-5.2} ")), s => Bash(s.Text($"foo-{R}-1", "nix-support/propagated-native-build-inputs", "{bash-5.2} "))),
        (LegitimateKind.CrossToolchain, s => s.Program($"{R}-gcc-13.2.0", "bin/gcc", Intel).Link($"{R}-gcc-13.2.0", "libc", $"{{glibc-{R}-2.40}}").Library($"glibc-{R}-2.40", "lib/libc.so.6", Arm), s => Host(s).Link(App, "gcc", $"{{{R}-gcc-13.2.0}}").Program($"{R}-gcc-13.2.0", "bin/gcc", Intel)),
        (LegitimateKind.ToolchainRuntime, s => Host(s).Link(App, "lib", $"{{{R}-gcc-13.2.0-lib}}").Library($"{R}-gcc-13.2.0-lib", "lib/libgcc_s.so.1", Arm), s => Host(s).Link(App, "lib", $"{{{R}-gcc-13.2.0-lib}}").Library($"{R}-gcc-13.2.0-lib", "lib/libgcc_s.so.1", Intel)),
        (LegitimateKind.TextOnly, s => Host(s).Link(App, "zone", "{tzdata-2024a}").Text("tzdata-2024a", "share/x", "1\n"), s => Host(s).Link(App, "zone", "{tzdata-2024a}").Text("tzdata-2024a", "share/x", "1\n").File("tzdata-2024a", "bin/zic", Code.Static(Intel))),
        (LegitimateKind.EmulatorWrapper, s => Qemu(s, $"foo-{R}-1-dev"), s => Qemu(s, $"foo-{R}-1")),
        (LegitimateKind.PseudoCross, s => Host(s).Link(App, "z", "{zlib-1.3}").Library("zlib-1.3", "lib/libz.so", Arm), s => s.File(Musl, "bin/app", Code.Static(Intel)).Link(Musl, "z", "{zlib-1.3}").Program("zlib-1.3", "bin/z", Intel)),
        (LegitimateKind.ScrubbedReference, s => Host(s).Text(App, "share/x", $"cc = /nix/store/{new string('e', 32)}-gcc-13\n"), s => Bash(Host(s)).Text(App, "share/x", "sh = {bash-5.2}/bin/bash\n")),
        (LegitimateKind.Firmware, s => Host(s).File(App, "lib/firmware/a.elf", Code.Static(Intel)), s => Host(s).File(App, "lib/firmware/a.elf", Code.Program(Intel, "/lib64/ld-linux-x86-64.so.2"))),
        (LegitimateKind.KernelModule, s => Host(s).File(App, "lib/modules/6.6/a.ko", Code.Module(Aarch64)), s => Host(s).File(App, "lib/modules/6.6/a.ko", Code.Module(Intel))),
        (LegitimateKind.KernelModule, s => Host(s).File(App, "lib/modules/6.6/a.ko", Code.Module(Aarch64)), s => s.Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "lib/modules/6.6/a.ko", Code.Module(Arm))),
        (LegitimateKind.BootCode, s => Host(s).File(App, "lib/grub/boot.mod", Code.Object(Aarch64)), s => Host(s).File(App, "lib/grub/boot.mod", Code.Object(Intel))),
        (LegitimateKind.GuestCode, s => Host(s).File(App, "share/qemu/bios", Code.Static(Intel)), s => Host(s).File(App, "share/qemu/bios", Code.Program(Intel, "/lib64/ld-linux-x86-64.so.2"))),
        (LegitimateKind.GuestCode, s => Host(s).File(App, "share/qemu/bios", Code.Static(Intel)), s => Host(s).File(App, "share/emulator/bios", Code.Static(Intel))),
        (LegitimateKind.CompatibleWords, s => s.Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "lib/old", Code.Static(Arm)), s => Host(s).File(App, "lib/new", Code.Static(Aarch64))),
        (LegitimateKind.AcceleratorCode, s => Host(s).File(App, "lib/k.hsaco", Gpu.Elf().Build()), s => Host(s).File(App, "lib/k.hsaco", Gpu.Elf().Interpreter("/lib/ld.so").Build())),
        (LegitimateKind.BpfProgram, s => Host(s).File(App, "lib/bpf/t.o", Bpf.Elf(1).Build()), s => Host(s).File(App, "lib/bpf/t.o", Code.Object(Intel))),
        (LegitimateKind.PortableCode, s => s.Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "lib/guile/3.0/site-ccache/a.go", Guile), s => s.Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "lib/guile/3.0/site-ccache/a.go", Code.Library(Intel))),
        (LegitimateKind.TestInput, s => Host(s).File(App, "share/go/src/debug/elf/testdata/a", Code.Static(Intel)), s => Host(s).File(App, "share/go/src/debug/elf/data/a", Code.Static(Intel))),
        (LegitimateKind.TargetSysroot, s => Host(s).Library(App, "lib/rustlib/x86_64-unknown-linux-gnu/lib/libstd.so", Intel), s => Host(s).Library(App, "lib/rustlib/armv7-unknown-linux-gnueabihf/lib/libstd.so", Intel)),
        (LegitimateKind.PrebuiltVariants, s => Host(s).Library(App, Variants + "linux-x64/a.node", Intel).Library(App, Variants + "linux-arm/a.node", Arm), s => Host(s).Library(App, Variants + "linux-arm/a.node", Intel)),
        (LegitimateKind.PrebuiltVariants, s => Host(s).File(App, "lib/a.dll", Code.Windows()), s => Host(s).Library(App, "lib/a.so", Intel)),
        (LegitimateKind.RunTimeChoice, s => Armv6(s, above: 1, at: 2), s => Armv6(s, above: 2, at: 1)),
        (LegitimateKind.RunTimeChoice, s => Armv6(s, above: 1, at: 2), s => s.File(Musl, "bin/a", Code.Static(Intel)).File(Musl, "bin/b", Code.Static(Intel)).Program(Musl, "bin/c", Intel)),
        (LegitimateKind.Cargo, s => Runner(s, "nixos-vm", "bin/run-pi-vm", "qemu-9.1"), s => Runner(s, "tools-1", "bin/show-pi", "gawk-5.3")),
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Rows.Length)];

    [Fact]
    public void Each_kind_of_the_catalogue_has_its_twin() => Assert.Equal(LegitimateKinds.All.Order(), Rows.Select(row => row.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(Indexes))]
    public async Task Kind_excuses_what_meets_its_condition_and_not_its_twin(int index)
    {
        (LegitimateKind kind, Action<Scene> right, Action<Scene> wrong) = Rows[index];
        ClosureReport excused = await Analyze(right, LegitimateKinds.Catalogue);
        Assert.True(Leaks(excused).Length == 0 && excused.LetThrough.Any(item => item.Kind == kind), $"{kind}: {Told(excused)}");

        ClosureReport strict = await Analyze(right, LegitimateKinds.Catalogue.Except([kind]).ToFrozenSet());
        Assert.True(Leaks(strict).Length > 0, $"{kind} switched off: {Told(strict)}");

        ClosureReport found = await Analyze(wrong, LegitimateKinds.Catalogue);
        Assert.True(Leaks(found).Length > 0 && !found.LetThrough.Any(item => item.Kind == kind), $"{kind}, the twin: {Told(found)}");
    }

    /// <summary>ARMv7 code that an ARMv6 program chooses at run time was built where the rest was.</summary>
    [Fact]
    public async Task Level_of_the_hosts_own_processor_is_no_build_machine() => Assert.Null((await Analyze(scene => Armv6(scene, above: 1, at: 2), LegitimateKinds.Catalogue)).Build);

    private static async Task<ClosureReport> Analyze(Action<Scene> build, FrozenSet<LegitimateKind> accepted)
    {
        Scene scene = new();
        build(scene);
        return ClosureAnalyzer.Analyze(await scene.ScanAsync(deep: true), new AnalysisOptions { Legitimate = accepted });
    }

    private static Finding[] Leaks(ClosureReport report) => [.. report.Findings.Where(finding => finding.Severity != Severity.Note)];

    private static string Told(ClosureReport report) =>
        $"host {report.Host?.System}; found {string.Join(", ", report.Findings.Select(finding => finding.Key))}; let through {string.Join(", ", report.LetThrough)}";

    private static Scene Host(Scene scene) => scene.Program(App, "bin/app", Arm);

    private static Scene Bash(Scene scene) => scene.Program("bash-5.2", "bin/bash", Intel);

    private static void Qemu(Scene scene, string root) => scene
        .Script(root, "bin/g-ir-scanner-wrapper", "#!/bin/sh\nexec {qemu-8.1}/bin/qemu-arm \"$@\"\n").Program("qemu-8.1", "bin/qemu-arm", Intel);

    private static void Runner(Scene scene, string root, string script, string starts) => scene
        .Script(root, script, $"#!{{bash-5.2}}/bin/bash\nexec {{{starts}}}/bin/start \"$@\"\n").Link(root, "system", $"{{hello-{A}-2}}")
        .Program("bash-5.2", "bin/bash", Intel).Program(starts, "bin/start", Intel).Program($"hello-{A}-2", "bin/hello", Aarch64);

    private static void Armv6(Scene scene, int above, int at)
    {
        for (int i = 0; i < at; i++)
        {
            scene.File("app-armv6l-unknown-linux-gnueabihf-1", $"bin/at{i}", new ElfBuilder { Type = 2 }.ArmAttributes((6, 6), (28, 1)).Build());
        }

        for (int i = 0; i < above; i++)
        {
            scene.File("app-armv6l-unknown-linux-gnueabihf-1", $"bin/above{i}", new ElfBuilder { Type = 2 }.ArmAttributes((6, 10), (7, (byte)'A'), (28, 1)).Build());
        }
    }

    private static byte[] Guile => new ElfBuilder(is64: false) { Machine = 0, OsAbi = 255, Flags = 0 }.Build();
}
