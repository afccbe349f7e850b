using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Testing;
using static ClosureScan.Analysis.Tests.Situations.Expectation;
using static ClosureScan.Analysis.Tests.Situations.Machine;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>Machines that run more than one kind of code, kernels and what boots them, emulators, levels of processors.</summary>
internal static class PlatformSituations
{
    private const string A = "aarch64-unknown-linux-gnu";
    private const string R = "armv7l-unknown-linux-gnueabihf";
    private const string System = "nixos-system-pi-24.05";

    public static ImmutableArray<Situation> All { get; } =
    [
        new("a compiler of x86_64 with the 32-bit libraries of its family", "NixOS/nixpkgs 11108", "c", "x86_64-linux", s => s
            .Program("gcc-multi-13", "bin/gcc", Intel).File("gcc-multi-13", "lib/32/libgcc_s.so.1", Code.Library(CorpusMachine.Intel32), executable: false).Library("gcc-multi-13", "lib/libgcc_s.so.1", Intel)),
        new("Wine with libraries for Windows and a 32-bit loader", "NixOS/nixpkgs 71500", "c", "x86_64-linux", s => s
            .Program("wine-wow-9.0", "bin/wine64", Intel).File("wine-wow-9.0", "bin/wine", CorpusMachine.Intel32.Elf(2).Build())
            .File("wine-wow-9.0", "lib/wine/i386-windows/kernel32.dll", Code.Windows(0x14c), executable: false).File("wine-wow-9.0", "lib/wine/x86_64-windows/kernel32.dll", Code.Windows(), executable: false)),
        new("a 64-bit program in a 32-bit PC's system", "NixOS/nixpkgs 71500", "c", "i686-linux", s => s
            .File("app-i686-unknown-linux-gnu-1", "bin/app", CorpusMachine.Intel32.Elf(2).Build()).File("app-i686-unknown-linux-gnu-1", "bin/helper", CorpusMachine.Intel.Elf(2).Build()),
            Binary("app-i686-unknown-linux-gnu-1", "bin/helper")),
        new("a 32-bit ARM program on a 64-bit ARM", "NixOS/nixpkgs 65535", "c", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "lib/compat/helper", Code.Static(Arm))),
        new("a 64-bit ARM program on a 32-bit ARM", "NixOS/nixpkgs 65535", "c", "armv7l-linux", s => s
            .Program($"app-{R}-1", "bin/app", Arm).File($"app-{R}-1", "lib/helper", Code.Static(Aarch64)), Binary($"app-{R}-1", "lib/helper")),
        new("a big-endian host with a program of the build machine", "NixOS/nixpkgs 101651", "c", "s390x-linux", s => s
            .File("app-s390x-unknown-linux-gnu-1", "bin/app", Code.Big(22)).File("app-s390x-unknown-linux-gnu-1", "lib/tool", Code.Static(Intel)), Binary("app-s390x-unknown-linux-gnu-1", "lib/tool")),
        new("a big-endian host alone", "NixOS/nixpkgs 101651", "c", "s390x-linux", s => s
            .File("app-s390x-unknown-linux-gnu-1", "bin/app", Code.Big(22)).File("app-s390x-unknown-linux-gnu-1", "lib/tool", Code.Big(22))),
        new("programs of the short words on a 64-bit MIPS", "NixOS/nixpkgs 106124", "c", "mips64el-linux", s => s
            .File("app-mips64el-unknown-linux-gnuabi64-1", "bin/app", Mips(0x80000007)).File("app-mips64el-unknown-linux-gnuabi64-1", "lib/n32", Mips(0x80000027, is64: false))),
        new("an emulator for another machine on a native system, and its registration", "NixOS/nixpkgs 110540, NixOS/nixpkgs 61257", "nixos", "x86_64-linux", s => s
            .Text("nixos-system-ws-24.05", "system", "x86_64-linux").Text("nixos-system-ws-24.05", "etc/binfmt.d/nixos.conf", ":aarch64-linux:M::x:y:/run/binfmt/aarch64-linux:P\n")
            .Text("nixos-system-ws-24.05", "etc/tmpfiles.d/x.conf", "L+ /run/binfmt/aarch64-linux - - - - {qemu-user-9.1}/bin/qemu-aarch64\n").File("qemu-user-9.1", "bin/qemu-aarch64", Code.Static(Intel))),
        new("an emulator of the build machine that a registration starts", "NixOS/nixpkgs 61257", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64)
            .Text(System, "etc/binfmt.d/nixos.conf", ":x86_64-linux:M::x:y:{qemu-user-9.1}/bin/qemu-x86_64:P\n").File("qemu-user-9.1", "bin/qemu-x86_64", Code.Static(Intel)),
            Breaks(System, "etc/binfmt.d/nixos.conf", "the host's qemu-user")),
        new("a file that systemd links to a shell of the build machine", "NixOS/nixpkgs 160300", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64)
            .Text(System, "etc/tmpfiles.d/sh.conf", "L+ /bin/sh - - - - {bash-5.2p37}/bin/sh\n").Program("bash-5.2p37", "bin/sh", Intel),
            Breaks(System, "etc/tmpfiles.d/sh.conf", "the host's bash")),
        new("a unit that starts with prefixes", "NixOS/nixpkgs 81153", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64)
            .Text(System, "etc/systemd/system/a.service", "[Service]\nExecStartPre=-+{coreutils-9.5}/bin/mkdir -p /x\n").Program("coreutils-9.5", "bin/mkdir", Intel),
            Breaks(System, "etc/systemd/system/a.service", "the host's coreutils")),
        new("directories of libraries in ld.so.conf", "NixOS/nixpkgs 117081", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64)
            .Text(System, "etc/ld.so.conf", "{mesa-24}/lib\n").Library("mesa-24", "lib/libGL.so.1", Intel), Breaks(System, "etc/ld.so.conf", "the host's mesa")),
        new("libraries for levels that the loader chooses from", "graysky2/kernel_compiler_patch 64", "c", "x86_64-linux", s => s
            .Program("app-1", "bin/app", Intel).File("app-1", "lib/glibc-hwcaps/x86-64-v3/liba.so", Level(3), executable: false).File("app-1", "lib/liba.so", Level(1), executable: false)) { Told = "x86_64-linux:v2" },
        new("a library for a level that the machine lacks, where every machine loads it", "syedinsaf/otaripper 2, clearfraction/distribution 31", "c", "x86_64-linux", s => s
            .Program("app-1", "bin/app", Intel).File("app-1", "lib/liba.so", Level(3), executable: false), Binary("app-1", "lib/liba.so")) { Told = "x86_64-linux:v2" },
        new("device trees, U-Boot and a kernel that is an EFI program", "NixOS/nixpkgs 111683", "image", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64)
            .File(System, "dtbs/x.dtb", [0xd0, 0x0d, 0xfe, 0xed, 0, 0, 0, 0x48, .. new byte[64]], executable: false).File(System, "u-boot.bin", [0x0a, 0, 0, 0x14, .. new byte[60]], executable: false)
            .File(System, "kernel", Code.Windows(0xaa64, isEfi: true), executable: false).File(System, "boot/BOOTAA64.EFI", Code.Windows(0xaa64, isEfi: true), executable: false)),
        new("a kernel of the build machine", "NixOS/nixpkgs 111683", "image", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64).File(System, "kernel", PcKernel(), executable: false),
            Binary(System, "kernel", "build the kernel")),
        new("firmware and its compressed variants", "NixOS/nixpkgs 148197", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64).Link(System, "firmware", "{linux-firmware-2024}/lib/firmware")
            .File("linux-firmware-2024", "lib/firmware/qcom/a.mbn", CorpusMachine.Arm.Elf(2).Build(), executable: false).File("linux-firmware-2024", "lib/firmware/x.bin.zst", [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 1, 0, 0], executable: false)),
        new("WebAssembly, BPF and code for graphics", "NixOS/nixpkgs 319364", "node", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", "share/app/sqlite3.wasm", [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], executable: false)
            .File($"app-{A}-1", "lib/bpf/trace.o", new ElfBuilder(true) { Machine = 247, Type = 1, Flags = 0 }.Build(), executable: false)
            .File($"app-{A}-1", "lib/rocblas/library/k.hsaco", new ElfBuilder(true) { Machine = 224, Type = 3, Flags = 0, OsAbi = 64 }.Build(), executable: false)
            .File($"app-{A}-1", "lib/kernels/k.cubin", new ElfBuilder(true) { Machine = 190, Type = 2, Flags = 0 }.Build(), executable: false)),
        new("separate debug information of the host", "NixOS/nixpkgs 18530", "c", "aarch64-linux", s => s
            .File($"app-{A}-1-debug", "lib/debug/.build-id/ab/cdef.debug", Code.Edit(Aarch64.Tool("strip"), Code.Library(Aarch64), "--only-keep-debug"), executable: false).Program($"app-{A}-1-debug", "bin/x", Aarch64)),
        new("a static-pie program and a Rust program without a loader", "NixOS/nixpkgs 49460", "rust", "aarch64-linux", s => s
            .Compiled($"app-{A}-1", "bin/app", Aarch64, "void _start(void) { for (;;) { } }", "-static-pie", "-nostdlib", "-ffreestanding", "-fPIE").Program($"app-{A}-1", "bin/x", Aarch64)),
        new("host tools of a kernel's build directory in a system", "tmshlvck/turris-debian 6, xbianonpi/xbian 919", "nixos", "aarch64-linux", s => s
            .Text(System, "system", "aarch64-linux").Program(System, "bin/x", Aarch64).Link(System, "build", $"{{linux-{A}-6.6-dev}}")
            .Program($"linux-{A}-6.6-dev", "lib/modules/6.6/build/scripts/mod/modpost", Intel),
            Binary($"linux-{A}-6.6-dev", "lib/modules/6.6/build/scripts/mod/modpost", "compile for", Analysis.Findings.Effect.Bloats),
            new Expectation(Analysis.Findings.RuleIds.ForeignInterpreter, $"linux-{A}-6.6-dev", "lib/modules/6.6/build/scripts/mod/modpost", Analysis.Findings.Effect.Bloats, "Goes away")),
        new("a wheel's libraries with a run path beside themselves", "NixOS/nixpkgs 197408", "python", "aarch64-linux", s => s
            .Program($"python3.12-numpy-{A}-1", "bin/f2py", Aarch64).Compiled($"python3.12-numpy-{A}-1", "lib/python3.12/site-packages/numpy/core/_m.cpython-312-aarch64-linux-gnu.so", Aarch64, "int f(void) { return 1; }", "-shared", "-fPIC", "-nostdlib", "-Wl,-rpath,$ORIGIN/../../numpy.libs")),
        new("a wheel for x86_64 unpacked on aarch64", "NixOS/nixpkgs 197408", "python", "aarch64-linux", s => s
            .Program($"python3.12-numpy-{A}-1", "bin/f2py", Aarch64).Library($"python3.12-numpy-{A}-1", "lib/python3.12/site-packages/numpy.libs/libopenblas64_p-r0.so", Intel),
            Binary($"python3.12-numpy-{A}-1", "lib/python3.12/site-packages/numpy.libs/libopenblas64_p-r0.so")),
    ];

    private static byte[] Mips(uint flags, bool is64 = true) => new ElfBuilder(is64) { Machine = 8, Type = 2, Flags = flags }.Build();

    /// <summary>A library that asks for a level of x86-64 in its property note (type 5 of "GNU", property 0xc0008002).</summary>
    private static byte[] Level(int level)
    {
        byte[] property = new byte[16];
        BitConverter.TryWriteBytes(property.AsSpan(0), 0xc0008002);
        BitConverter.TryWriteBytes(property.AsSpan(4), 4);
        BitConverter.TryWriteBytes(property.AsSpan(8), 1 << (level - 1));
        return new ElfBuilder(true) { Machine = 62, Type = 3, Flags = 0 }.Note("GNU", 5, property).Dynamic(14, "liba.so").Build();
    }

    /// <summary>The first sector of a kernel for PCs (Linux: Documentation/arch/x86/boot.rst).</summary>
    private static byte[] PcKernel()
    {
        byte[] kernel = new byte[4096];
        kernel[0x1fe] = 0x55;
        kernel[0x1ff] = 0xaa;
        Encoding.ASCII.GetBytes("HdrS").CopyTo(kernel, 0x202);
        kernel[0x206] = 0x0f;
        kernel[0x207] = 0x02;
        kernel[0x236] = 1;
        return kernel;
    }
}
