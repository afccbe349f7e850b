using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Tests.Corpus;
using static ClosureScan.Analysis.Tests.Situations.Expectation;
using static ClosureScan.Analysis.Tests.Situations.Machine;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>Packages that bring binaries along, in the places that their ecosystems give them.</summary>
internal static class PackageSituations
{
    private const string A = "aarch64-unknown-linux-gnu";
    private const string R = "armv7l-unknown-linux-gnueabihf";
    private const string V = "riscv64-unknown-linux-gnu";
    private const string Modules = "share/app/node_modules/";

    public static ImmutableArray<Situation> All { get; } =
    [
        new("node-pty rebuilt for the build machine among harmless variants", "pinokiocomputer/pinokio 1055, electron-userland/electron-builder 8677", "node", "aarch64-linux", s =>
        {
            s.Program($"app-{A}-4.9", "bin/app", Aarch64).Library($"app-{A}-4.9", Modules + "node-pty/build/Release/pty.node", Intel);
            foreach (string variant in (string[])["linux-x64", "linux-arm64"])
            {
                s.Library($"app-{A}-4.9", $"{Modules}node-pty/prebuilds/{variant}/pty.node", variant == "linux-x64" ? Intel : Aarch64);
                s.Library($"app-{A}-4.9", $"{Modules}@img/sharp-{variant}/lib/sharp-{variant}.node", variant == "linux-x64" ? Intel : Aarch64);
                s.Library($"app-{A}-4.9", $"{Modules}koffi/build/koffi/{variant.Replace('-', '_')}/koffi.node", variant == "linux-x64" ? Intel : Aarch64);
            }
        }, Binary($"app-{A}-4.9", Modules + "node-pty/build/Release/pty.node", "node-gyp")),
        new("a prebuild published for the wrong processor", "atom/node-keytar 347", "node", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).File($"app-{A}-1", Modules + "keytar/prebuilds/linux-arm64/keytar.node", Code.Library(CorpusMachine.Intel32)),
            Binary($"app-{A}-1", Modules + "keytar/prebuilds/linux-arm64/keytar.node")),
        new("prebuilds for every platform but the host's", "substack/node-put 5", "node", "riscv64-linux", s => s
            .Program($"app-{V}-1", "bin/app", RiscV).Library($"app-{V}-1", Modules + "a/prebuilds/linux-x64/a.node", Intel).Library($"app-{V}-1", Modules + "a/prebuilds/linux-arm64/a.node", Aarch64)),
        new("esbuild and 7zip-bin with a program for each platform", "sandbox-quantum/switch 252, electron-userland/electron-builder 4348", "node", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64)
            .File($"app-{A}-1", Modules + "@esbuild/linux-x64/bin/esbuild", Code.Static(Intel)).File($"app-{A}-1", Modules + "@esbuild/linux-arm64/bin/esbuild", Code.Static(Aarch64))
            .File($"app-{A}-1", Modules + "7zip-bin/linux/x64/7za", Code.Static(Intel)).File($"app-{A}-1", Modules + "7zip-bin/linux/arm64/7za", Code.Static(Aarch64))
            .File($"app-{A}-1", Modules + "7zip-bin/win/x64/7za.exe", Code.Windows())),
        new("an Electron that was downloaded for the build machine", "apache/cordova-electron 191, tutao/tutanota 2435", "node", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).Program($"app-{A}-1", Modules + "electron/dist/electron", Intel),
            Binary($"app-{A}-1", Modules + "electron/dist/electron"),
            new Expectation(RuleIds.ForeignInterpreter, $"app-{A}-1", Modules + "electron/dist/electron", Effect.Breaks, "Goes away")),
        new("musl builds beside glibc ones on x86_64", "NixOS/nixpkgs 202109", "node", "x86_64-linux", s => s
            .Program("app-1", "bin/app", Intel).Library("app-1", Modules + "@img/sharp-linuxmusl-x64/lib/sharp.node", Intel).Library("app-1", Modules + "@img/sharp-linux-x64/lib/sharp.node", Intel)
            .Library("app-1", Modules + "@img/sharp-linux-arm64/lib/sharp.node", Aarch64)),
        new("runtimes of a NuGet package", "flipt-io/flipt-client-sdks 1532", "dotnet", "aarch64-linux", s => s
            .Program($"netapp-{A}-1", "bin/app", Aarch64).Library($"netapp-{A}-1", "lib/app/runtimes/linux-x64/native/libe.so", Intel).Library($"netapp-{A}-1", "lib/app/runtimes/linux-arm64/native/libe.so", Aarch64)
            .File($"netapp-{A}-1", "lib/app/runtimes/win-x64/native/e.dll", Code.Windows(), executable: false)),
        new("a library for x64 in the directory for arm64", "51Degrees/device-detection-dotnet 536", "dotnet", "aarch64-linux", s => s
            .Program($"netapp-{A}-1", "bin/app", Aarch64).Library($"netapp-{A}-1", "lib/app/runtimes/linux-arm64/native/libe.so", Intel),
            Binary($"netapp-{A}-1", "lib/app/runtimes/linux-arm64/native/libe.so")),
        new("test hosts of the .NET SDK on a native machine", "NixOS/nixpkgs 217239", "dotnet", "x86_64-linux", s => s
            .Program("dotnet-sdk-10.0", "dotnet", Intel).File("dotnet-sdk-10.0", "sdk/10/TestHostNetFramework/arm64/msdia140.dll", Code.Windows(0xaa64), executable: false)
            .File("dotnet-sdk-10.0", "sdk/10/TestHost/testhost.arm64.exe", Code.Windows(0xaa64)).Library("dotnet-sdk-10.0", "packs/runtime.linux-arm64.ILCompiler/native/libbootstrapper.so", Aarch64)),
        new("distlib's launchers for Windows in a Python package", "NixOS/nixpkgs 286285", "python", "x86_64-linux", s => s
            .Program("python3-3.12.8", "bin/python3.12", Intel).Link("python3-3.12.8", "d", "{python3.12-distlib-0.3.9}")
            .File("python3.12-distlib-0.3.9", "lib/python3.12/site-packages/distlib/w64.exe", Code.Windows()).File("python3.12-distlib-0.3.9", "lib/python3.12/site-packages/distlib/t64-arm.exe", Code.Windows(0xaa64))),
        new("an extension module compiled by the build's Python", "NixOS/nixpkgs 480392", "python", "armv7l-linux", s => s
            .Program($"python3.12-foo-{R}-1", "bin/foo", Arm).Library($"python3.12-foo-{R}-1", "lib/python3.12/site-packages/foo/_c.cpython-312-x86_64-linux-gnu.so", Intel),
            Binary($"python3.12-foo-{R}-1", "lib/python3.12/site-packages/foo/_c.cpython-312-x86_64-linux-gnu.so")),
        new("a wheel with libraries for two processors", "NixOS/nixpkgs 197408", "python", "aarch64-linux", s => s
            .Program($"python3.12-onnx-{A}-1", "bin/onnx", Aarch64).Library($"python3.12-onnx-{A}-1", "lib/python3.12/site-packages/onnx/libs/x64/libonnx.so", Intel)
            .Library($"python3.12-onnx-{A}-1", "lib/python3.12/site-packages/onnx/libs/arm64/libonnx.so", Aarch64)),
        new("wrapPython that undid patchShebangs", "NixOS/nixpkgs 480392", "python", "aarch64-linux", s => s
            .Program($"lldb-{A}-19", "bin/lldb", Aarch64).Script($"lldb-{A}-19", "bin/.tool-wrapped", "#!{python3-3.13.1}/bin/python3.13\nimport sys\n").Program("python3-3.13.1", "bin/python3.13", Intel),
            Shebang($"lldb-{A}-19", "bin/.tool-wrapped", "wrapPython")),
        new("a Go program of ARMv7 on ARMv6", "hashicorp/nomad 2517, cbednarski/hostess 46", "go", "armv6l-linux", s => s
            .File("nomad-armv6l-unknown-linux-gnueabihf-0.7", "bin/nomad", GoProgram("GOARM=7")).File("nomad-armv6l-unknown-linux-gnueabihf-0.7", "bin/right", GoProgram("GOARM=6")),
            Binary("nomad-armv6l-unknown-linux-gnueabihf-0.7", "bin/nomad", "GOARM")),
        new("a Go program of ARMv6 on ARMv7", "gogs/gogs 3415", "go", "armv7l-linux", s => s.File($"gogs-{R}-1", "bin/gogs", GoProgram("GOARM=6"))),
        new("objects of Go's race detector for every platform", "golang/go 62367", "go", "x86_64-linux", s => s
            .Program("app-1", "bin/app", Intel).File("app-1", "share/go/src/runtime/race/race_linux_arm64.syso", Code.Object(Aarch64), executable: false)
            .File("app-1", "share/go/src/runtime/race/race_linux_amd64.syso", Code.Object(Intel), executable: false)),
        new("GOAMD64=v3 where the machine has v2", "golang/go 48506", "go", "x86_64-linux", s => s.File("tool-1", "bin/tool", GoProgram("GOAMD64=v3", 62)),
            Binary("tool-1", "bin/tool")) { Told = "x86_64-linux:v2" },
        new("GOAMD64=v2 where the machine has v2", "golang/go 48506", "go", "x86_64-linux", s => s.File("tool-1", "bin/tool", GoProgram("GOAMD64=v2", 62))) { Told = "x86_64-linux:v2" },
        new("a path to gcc in a Go program, whose strings have no end", "NixOS/nixpkgs 25861", "go", "aarch64-linux", s => s
            .ProgramWith($"gotool-{A}-1", "bin/gotool", Aarch64, "runtime corrupted{gcc-wrapper-13.3.0}/bin/gcccannot convert slice").Program("gcc-wrapper-13.3.0", "bin/gcc", Intel),
            Bloats($"gotool-{A}-1", "bin/gotool", "remove-references-to -t ${stdenv.cc}")),
        new("rustc of the build machine in cargo", "NixOS/nixpkgs 429071", "rust", "riscv64-linux", s => s
            .Program($"cargo-{V}-1.88", "bin/.cargo-wrapped", RiscV).Script($"cargo-{V}-1.88", "bin/cargo", $"#!/bin/sh\nexport PATH='{{rustc-1.88}}/bin':$PATH\nexec -a \"$0\" \"{{cargo-{V}-1.88}}/bin/.cargo-wrapped\" \"$@\"\n")
            .Program("rustc-1.88", "bin/rustc", Intel), Breaks($"cargo-{V}-1.88", "bin/cargo", "Wrap with the host's rustc")),
        new("standard libraries of several targets in rustlib", "oxalica/rust-overlay 161", "rust", "x86_64-linux", s => s
            .Program("rust-1.88", "bin/rustc", Intel).Library("rust-1.88", "lib/rustlib/aarch64-unknown-linux-gnu/lib/libstd.so", Aarch64).Library("rust-1.88", "lib/rustlib/x86_64-unknown-linux-gnu/lib/libstd.so", Intel)),
        new("native libraries of JNA for every platform", "NixOS/nixpkgs 35251", "java", "aarch64-linux", s => s
            .Program($"jvm-{A}-1", "bin/java", Aarch64).Library($"jvm-{A}-1", "lib/com/sun/jna/linux-x86-64/libjnidispatch.so", Intel).Library($"jvm-{A}-1", "lib/com/sun/jna/linux-aarch64/libjnidispatch.so", Aarch64)),
        new("an XS module compiled by the build's perl", "NixOS/nixpkgs 54510", "perl", "armv7l-linux", s => s
            .Program($"perl5.38-TermReadKey-{R}-2", "bin/x", Arm).Library($"perl5.38-TermReadKey-{R}-2", "lib/perl5/site_perl/5.38.2/x86_64-linux/auto/Term/ReadKey/ReadKey.so", Intel),
            Binary($"perl5.38-TermReadKey-{R}-2", "lib/perl5/site_perl/5.38.2/x86_64-linux/auto/Term/ReadKey/ReadKey.so")),
        new("gems for several platforms", "NixOS/nixpkgs 202109", "ruby", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).Library($"app-{A}-1", "lib/ruby/gems/nokogiri-1.16-x86_64-linux/lib/nokogiri.so", Intel).Library($"app-{A}-1", "lib/ruby/gems/nokogiri-1.16-aarch64-linux/lib/nokogiri.so", Aarch64)),
        new("a static library with members of two processors", "NixOS/nixpkgs 405767, mobile-nixos/mobile-nixos 770", "ruby", "aarch64-linux", s => s
            .Program($"ruby-{A}-3.3.8", "bin/ruby", Aarch64).File($"ruby-{A}-3.3.8", "lib/libruby-static.a", Archive(Aarch64, Intel, Intel), executable: false).File($"ruby-{A}-3.3.8", "lib/libright.a", Archive(Aarch64, Aarch64), executable: false),
            Binary($"ruby-{A}-3.3.8", "lib/libruby-static.a", "archive the objects", Effect.Bloats)),
        new("GHC of glibc in a static musl program", "nh2/static-haskell-nix 2, NixOS/nixpkgs 34376", "haskell", "x86_64-linux", s => s
            .File("blank-static-x86_64-unknown-linux-musl-0.1", "bin/blank", Code.Static(Intel, MemoryText("ghc-9.6.6", "/lib/ghc"))).Program("ghc-9.6.6", "bin/ghc", Intel),
            Bloats("blank-static-x86_64-unknown-linux-musl-0.1", "bin/blank", "remove-references-to")),
        new("bash of glibc in a static musl program", "NixOS/nixpkgs 25178", "haskell", "x86_64-linux", s => s
            .File("tool-static-x86_64-unknown-linux-musl-1", "bin/tool", Code.Static(Intel)).Script("tool-static-x86_64-unknown-linux-musl-1", "bin/wrap", "#!{bash-5.2p37}/bin/bash\n").Program("bash-5.2p37", "bin/bash", Intel),
            Shebang("tool-static-x86_64-unknown-linux-musl-1", "bin/wrap")),
        new("a static musl tool in a glibc system", "NixOS/nixpkgs 34376", "haskell", "x86_64-linux", s => s
            .Program("nix-2.24", "bin/nix", Intel).Text("nix-2.24", "nix.conf", "shell = {busybox-static-x86_64-unknown-linux-musl-1.36}/bin/busybox\n").File("busybox-static-x86_64-unknown-linux-musl-1.36", "bin/busybox", Code.Static(Intel))),
    ];

    /// <summary>A program as Go's linker writes it, as far as it tells of its build.</summary>
    private static byte[] GoProgram(string setting, ushort machine = 40)
    {
        byte[] text = [.. Enumerable.Repeat((byte)0x30, 16), .. System.Text.Encoding.ASCII.GetBytes($"path\tx\nbuild\t{setting}\n"), .. Enumerable.Repeat((byte)0xf9, 16)];
        byte[] information = [0xff, .. " Go buildinf:"u8, 8, 2, .. new byte[16], 4, .. "go1."u8, (byte)text.Length, .. text];
        return new ClosureScan.Testing.ElfBuilder(machine == 62) { Machine = machine, Type = 2, Flags = 0 }.Note("Go", 4, [1]).Section(".go.buildinfo", 1, 3, information).Build();
    }

    private static byte[] Archive(params Machine[] members)
    {
        ClosureScan.Testing.ArchiveBuilder archive = new();
        for (int i = 0; i < members.Length; i++)
        {
            archive.Member($"y{i}.o/", Code.Object(members[i]));
        }

        return archive.Build();
    }

    private static string MemoryText(string name, string subPath) => ClosureScan.Testing.MemoryStore.PathOf(name) + subPath;
}
