using System.Collections.Frozen;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>Foreign code that is right where it is: no finding, but listed; and a finding where its kind is switched off.</summary>
public sealed class LegitimateCodeTests
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    private static readonly CorpusMachine Gpu = new("amdgcn", "amdgcn", "", 224, 0, true);
    private static readonly CorpusMachine Bpf = new("bpf", "bpf", "", 247, 0, true);

    public static TheoryData<LegitimateKind, string> Files => new()
    {
        { LegitimateKind.Firmware, "lib/firmware/sof/tplg.elf" },
        { LegitimateKind.GuestCode, "share/qemu/openbios-ppc" },
        { LegitimateKind.TestInput, "share/go/src/debug/elf/testdata/gcc-386-freebsd-exec" },
        { LegitimateKind.TargetSysroot, "lib/rustlib/x86_64-unknown-linux-gnu/lib/libstd.so" },
        { LegitimateKind.PrebuiltVariants, "lib/node_modules/serialport/prebuilds/linux-x64/bindings.node" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_is_let_through_by_its_directory_and_found_where_its_kind_is_off(LegitimateKind kind, string file) =>
        await AssertSwitch(kind, store => store[$"app-{Suffix}-1"].File(file, CorpusMachine.Intel.Elf(2).Build()));

    [Fact]
    public async Task Boot_code_and_kernels_of_the_hosts_family_are_let_through_and_others_break()
    {
        await AssertSwitch(LegitimateKind.BootCode, store => store[$"app-{Suffix}-1"].File("lib/grub/boot.mod", CorpusMachine.Aarch64.Elf(1).Build()), "aarch64-linux");
        byte[] module = CorpusMachine.Intel.Elf(1).Section(".gnu.linkonce.this_module", 1, 3, new byte[64]).Build();
        foreach ((string file, byte[] contents) in ((string, byte[])[])[("lib/grub/boot.mod", CorpusMachine.Intel.Elf(1).Build()), ("lib/modules/6.6/zram.ko", module)])
        {
            await AssertFound(file, contents);
        }
    }

    /// <summary>What each exemption does not excuse: the condition of its kind is not met.</summary>
    [Theory]
    [InlineData("lib/firmware/helper")]
    [InlineData("share/qemu/helper")]
    public async Task Directory_excuses_nothing_that_is_linked_for_a_system(string file) =>
        await AssertFound(file, CorpusMachine.Intel.Elf().Interpreter("/lib64/ld-linux-x86-64.so.2").Build());

    [Theory]
    [InlineData("lib/node_modules/a/prebuilds/linux-arm/a.node")]
    [InlineData("lib/node_modules/a/build/Release/a.node")]
    [InlineData("lib/rustlib/armv7-unknown-linux-gnueabihf/lib/libstd.so")]
    [InlineData("lib/perl5/5.38/x86_64-linux/auto/POSIX/POSIX.so")]
    [InlineData("lib/python3.12/lib-dynload/math.cpython-312-x86_64-linux-gnu.so")]
    [InlineData("bin/x86_64-linux-gnu-tool")]
    public async Task Place_excuses_nothing_that_it_does_not_promise(string file) => await AssertFound(file, CorpusMachine.Intel.Elf(2).Build());

    [Fact]
    public async Task Code_for_accelerators_kernels_and_bpf_is_let_through_wherever_it_lies()
    {
        await AssertSwitch(LegitimateKind.AcceleratorCode, store => store[$"app-{Suffix}-1"].File("share/kernels/sum.hsaco", Gpu.Elf().Build()));
        await AssertSwitch(LegitimateKind.BpfProgram, store => store[$"app-{Suffix}-1"].File("lib/trace.o", Bpf.Elf(1).Build()));
        await AssertSwitch(LegitimateKind.KernelModule, store => store[$"app-{Suffix}-1"].File(
            "lib/modules/6.6/kernel/zram.ko", CorpusMachine.Aarch64.Elf(1).Section(".gnu.linkonce.this_module", 1, 3, new byte[64]).Build()),
            "aarch64-linux");
    }

    [Theory]
    [InlineData("share/kernels/sum.hsaco")]
    [InlineData("lib/bpf/trace.bpf.o")]
    [InlineData("lib/guile/3.0/site-ccache/own.go")]
    public async Task Name_of_code_for_no_system_excuses_no_code_for_one(string file) => await AssertFound(file, CorpusMachine.Intel.Elf(2).Build());

    [Theory]
    [InlineData(224)]
    [InlineData(247)]
    public async Task Code_for_an_accelerator_or_bpf_that_a_loader_starts_belongs_to_a_system(ushort machine) =>
        await AssertFound("lib/helper", new CorpusMachine("other", "other", "", machine, 0, true).Elf().Interpreter("/lib/ld-linux-other.so.1").Build());

    [Theory]
    [InlineData("tables-x86_64-unknown-linux-gnu-1")]
    [InlineData($"{Suffix}-pkg-config-wrapper-0.29")]
    public async Task Text_is_of_the_build_side_where_the_name_of_its_path_says_so(string target)
    {
        MemoryStore store = new();
        store[$"app-{Suffix}-1"].File("bin/app", CorpusMachine.Arm.Elf(2).Build(), executable: true).File("etc/app.conf", $"table = {MemoryStore.PathOf(target)}/share/table\n");
        store[target].File("share/table", "1 2 3\n");
        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf($"app-{Suffix}-1")));
        Assert.Equal((RuleIds.ForeignReference, target), (Assert.Single(report.Findings).Rule, report.Findings[0].To!.Name));
        Assert.Empty(report.LetThrough);
    }

    [Fact]
    public async Task Text_beside_a_foreign_binary_is_no_path_of_text()
    {
        MemoryStore store = new();
        AddReference(store, $"app-{Suffix}-1", "tables-1", "etc/app.conf", "table = <it>/share/table\n");
        store["tables-1"].File("share/table", "1 2 3\n");
        store[$"app-{Suffix}-1"].File("bin/app", CorpusMachine.Arm.Elf(2).Build(), executable: true);
        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf($"app-{Suffix}-1")));
        Assert.Equal((RuleIds.ForeignReference, "tables-1"), (Assert.Single(report.Findings).Rule, report.Findings[0].To!.Name));
    }

    [Fact]
    public async Task Byte_code_of_another_word_size_is_let_through_and_that_of_the_hosts_is_nothing_to_tell()
    {
        await AssertSwitch(
            LegitimateKind.PortableCode,
            store => store[$"app-{Suffix}-1"].File("lib/guile/3.0/site-ccache/own.go", Guile(is64: false)).File("lib/guile/3.0/site-ccache/other.go", Guile(is64: true)),
            "bytecode64-none");

        static byte[] Guile(bool is64) => new ElfBuilder(is64) { Machine = 0, OsAbi = 255, Flags = 0 }.Build();
    }

    [Fact]
    public async Task Counts_are_exact_beyond_the_files_that_are_named()
    {
        MemoryStore store = new();
        byte[] foreign = CorpusMachine.Intel.Elf(2).Build();
        MemoryTree app = store[$"app-{Suffix}-1"].File("bin/app", foreign, executable: true);
        for (int i = 0; i < 50; i++)
        {
            app.File($"lib/firmware/{i}.elf", foreign);
        }

        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf($"app-{Suffix}-1")));

        Assert.Equal(("bin/app", 1L), (Assert.Single(Assert.Single(report.Findings).Evidence).File, report.Findings[0].FileCount));
        Assert.Equal((LegitimateKind.Firmware, 50L), (Assert.Single(report.LetThrough).Kind, report.LetThrough[0].FileCount));
    }

    [Theory]
    [InlineData(LegitimateKind.DevOutput, "bash-5.2", "bin/app-config", "#!<it>/bin/bash\n")]
    [InlineData(LegitimateKind.EmulatorWrapper, "qemu-8.1", "bin/g-ir-scanner-wrapper", "#!/bin/sh\nexec <it>/bin/qemu-arm \"$@\"\n")]
    [InlineData(LegitimateKind.PropagatedBuildInputs, "cffi-1.16", "nix-support/propagated-native-build-inputs", "<it> ")]
    public async Task Dev_output_may_refer_to_the_build_side_when_it_is_the_root(LegitimateKind kind, string target, string file, string text) =>
        await AssertSwitch(kind, store => AddReference(store, $"app-{Suffix}-1-dev", target, file, text), root: $"app-{Suffix}-1-dev");

    [Fact]
    public async Task Dev_output_in_the_closure_of_something_that_runs_is_a_leak()
    {
        MemoryStore store = new();
        AddReference(store, $"app-{Suffix}-1-dev", "bash-5.2", "bin/app-config", "#!<it>/bin/bash\n");
        store[$"image-{Suffix}-1"].Symlink("dev", MemoryStore.PathOf($"app-{Suffix}-1-dev").ToString());

        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf($"image-{Suffix}-1")));

        Assert.Equal(RuleIds.ForeignInterpreter, Assert.Single(report.Findings).Rule);
        Assert.Empty(report.LetThrough);
    }

    [Fact]
    public async Task Toolchain_may_hold_its_tools_when_it_is_the_root() =>
        await AssertSwitch(
            LegitimateKind.CrossToolchain,
            store => store[$"{Suffix}-gcc-13.2.0"].File("bin/gcc", CorpusMachine.Intel.Elf(2).Build(), executable: true),
            root: $"{Suffix}-gcc-13.2.0");

    [Theory]
    [InlineData(LegitimateKind.ToolchainRuntime, $"{Suffix}-gcc-13.2.0-lib", "armv7l-linux")]
    [InlineData(LegitimateKind.PseudoCross, "zlib-1.3", "armv7l-linux")]
    [InlineData(LegitimateKind.TextOnly, "tzdata-2024a", null)]
    [InlineData(LegitimateKind.CompatibleWords, "wine-9.0", "i686-linux")]
    public async Task Path_of_the_hosts_side_is_foreign_where_what_explains_it_is_off(LegitimateKind kind, string target, string? system)
    {
        CorpusMachine host = kind == LegitimateKind.CompatibleWords ? CorpusMachine.Intel : CorpusMachine.Arm;
        CorpusMachine? machine = system is null ? null : system == "i686-linux" ? CorpusMachine.Intel32 : CorpusMachine.Arm;
        MemoryStore store = new();
        string root = $"app-{host.Triple}-1";
        store[root].File("bin/app", host.Elf(2).Section(".rodata", 1, 2, System.Text.Encoding.ASCII.GetBytes(MemoryStore.PathOf(target).ToString())).Build(), executable: true);
        store[target].File("share/file", machine?.Elf(2).Build() ?? "text\n"u8.ToArray());
        ScannedClosure closure = await store.ScanAsync(MemoryStore.PathOf(root));

        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Assert.Empty(report.Findings);
        LetThrough item = Assert.Single(report.LetThrough);
        Assert.Equal((kind, target, system, 1L), (item.Kind, item.Path.Name, item.Platform, item.FileCount));
        ClosureReport strict = ClosureAnalyzer.Analyze(closure, Without(kind));
        Assert.Equal(target, Assert.Single(strict.Findings).To!.Name);
        Assert.Empty(strict.LetThrough);
    }

    private static async Task AssertFound(string file, byte[] contents)
    {
        MemoryStore store = new();
        store[$"app-{Suffix}-1"].File("bin/app", CorpusMachine.Arm.Elf(2).Build(), executable: true).File(file, contents);
        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf($"app-{Suffix}-1")));
        Finding finding = Assert.Single(report.Findings);
        Assert.Equal((RuleIds.ForeignBinary, file), (finding.Rule, Assert.Single(finding.Evidence).File));
        Assert.Empty(report.LetThrough);
    }

    private static void AddReference(MemoryStore store, string from, string to, string file, string text)
    {
        StorePath target = MemoryStore.PathOf(to);
        store[from].File(file, text.Replace("<it>", target.ToString(), StringComparison.Ordinal), executable: true);
        store[to].File("bin/main", CorpusMachine.Intel.Elf(2).Build(), executable: true);
    }

    private static AnalysisOptions Without(LegitimateKind kind, string? host = null) => new()
    {
        Legitimate = LegitimateKinds.Catalogue.Except([kind]).ToFrozenSet(),
        Host = host is not null && Platform.TryParse(host, out Platform? platform) ? platform : null,
    };

    private static async Task AssertSwitch(LegitimateKind kind, Action<MemoryStore> describe, string foreign = "x86_64-linux", string root = $"app-{Suffix}-1")
    {
        MemoryStore store = new();
        describe(store);
        ScannedClosure closure = await store.ScanAsync(MemoryStore.PathOf(root));
        AnalysisOptions options = Without(kind, "armv7l-linux");

        ClosureReport report = ClosureAnalyzer.Analyze(closure, options with { Legitimate = LegitimateKinds.Catalogue });
        Assert.Empty(report.Findings);
        LetThrough item = Assert.Single(report.LetThrough);
        Assert.Equal((kind, 1L), (item.Kind, item.FileCount));
        Assert.True(item.To is not null || item.Platform == foreign || kind is LegitimateKind.AcceleratorCode or LegitimateKind.BpfProgram, item.ToString());

        ClosureReport strict = ClosureAnalyzer.Analyze(closure, options);
        Assert.Single(strict.Findings);
        Assert.Empty(strict.LetThrough);
    }
}
