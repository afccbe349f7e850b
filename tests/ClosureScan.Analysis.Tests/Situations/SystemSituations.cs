using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Tests.Corpus;
using static ClosureScan.Analysis.Tests.Situations.Expectation;
using static ClosureScan.Analysis.Tests.Situations.Machine;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>Whole systems, what their units and configurations run and load, and the tools that make images of them.</summary>
internal static class SystemSituations
{
    private const string A = "aarch64-unknown-linux-gnu";
    private const string R = "armv7l-unknown-linux-gnueabihf";
    private const string V = "riscv64-unknown-linux-gnu";
    private const string System = "nixos-system-pi-24.05";

    public static ImmutableArray<Situation> All { get; } =
    [
        new("an x86_64 module in an aarch64 system", "tiiuae/ghaf 973, NixOS/nixpkgs 159925", "nixos", "aarch64-linux", s => Pi(s)
            .Link(System, "modules", $"{{rtl8812au-{A}-6.6}}").File($"rtl8812au-{A}-6.6", "lib/modules/6.6/8812au.ko", Code.Module(Intel), executable: false),
            Binary($"rtl8812au-{A}-6.6", "lib/modules/6.6/8812au.ko", "CROSS_COMPILE")),
        new("an x86_64 loader for EFI in an aarch64 system", "NixOS/nixpkgs 65535", "nixos", "aarch64-linux", s => Pi(s)
            .Link(System, "boot", $"{{boot-{A}-1}}").File($"boot-{A}-1", "systemd-bootx64.efi", Code.Windows(isEfi: true), executable: false),
            Binary($"boot-{A}-1", "systemd-bootx64.efi", "install the loader of")),
        new("a 64-bit module under a 32-bit user land", "buildroot check-bin-arch, NixOS/nixpkgs 65535", "nixos", "armv7l-linux", s => s
            .Program($"image-{R}-1", "bin/x", Arm).File($"image-{R}-1", "lib/modules/6.6/zram.ko", Code.Module(Aarch64), executable: false)),
        new("a native system with a cross compiler among its packages", "oxalica/rust-overlay 161", "nixos", "x86_64-linux", s =>
        {
            s.Text("nixos-system-ws-24.05", "system", "x86_64-linux").Link("nixos-system-ws-24.05", "sw", "{system-path-1}");
            for (int i = 0; i < 5; i++)
            {
                s.Program($"app{i}-1.0", $"bin/app{i}", Intel).Link("system-path-1", $"bin/app{i}", $"{{app{i}-1.0}}/bin/app{i}");
            }

            s.Link("system-path-1", "bin/cc", $"{{{A}-gcc-wrapper-13.3.0}}/bin/cc").Script($"{A}-gcc-wrapper-13.3.0", "bin/cc", $"#!{{bash-5.2p37}}/bin/bash\nexec {{{A}-gcc-13.3.0}}/bin/cc -B{{glibc-{A}-2.40-66}}/lib \"$@\"\n")
                .Program($"{A}-gcc-13.3.0", "bin/cc", Intel).Program("bash-5.2p37", "bin/bash", Intel).Library($"glibc-{A}-2.40-66", "lib/libc.so.6", Aarch64);
        }),
        new("a native system without a file that says so", "oxalica/rust-overlay 161", "nixos", "x86_64-linux", s => s
            .Script("ws-1", "init", "#!{bash-5.2p37}/bin/bash\n").Program("bash-5.2p37", "bin/bash", Intel).Link("ws-1", "tool", $"{{{A}-binutils-2.43}}").Text($"{A}-binutils-2.43", "share/ldscripts/x", "OUTPUT_ARCH(aarch64)\n")),
        new("the boot loader's installer with PATH of the build machine", "nvmd/nixos-raspberrypi 195", "nixos", "aarch64-linux", s => Pi(s)
            .Script(System, "bin/switch", $"#!{{bash-{A}-5.3}}/bin/bash\nexec {{firmware-builder.sh-1}} \"$@\"\n")
            .Script("firmware-builder.sh-1", "", $"#! {{bash-{A}-5.3}}/bin/bash -e\nexport PATH=/empty\nfor i in {{coreutils-9.11}}; do PATH=$PATH:$i/bin; done\n").Program("coreutils-9.11", "bin/basename", Intel),
            Breaks("firmware-builder.sh-1", "", "the host's coreutils")),
        new("the same installer with PATH of the host", "nvmd/nixos-raspberrypi 195", "nixos", "aarch64-linux", s => Pi(s)
            .Script(System, "bin/switch", $"#!{{bash-{A}-5.3}}/bin/bash\nfor i in {{coreutils-{A}-9.11}}; do PATH=$PATH:$i/bin; done\n").Program($"coreutils-{A}-9.11", "bin/basename", Aarch64)),
        new("a unit that runs kmod of the build machine, in any order of lines", "NixOS/nixpkgs 192484", "nixos", "aarch64-linux", s => Pi(s)
            .Text(System, "etc/a.service", "[Service]\nReadWritePaths={kmod-30}/lib/modules\nExecStart={kmod-30}/bin/kmod\n").Program("kmod-30", "bin/kmod", Intel),
            Breaks(System, "etc/a.service", "the host's kmod")),
        new("a unit that starts a program below lib", "NixOS/nixpkgs 114687", "nixos", "aarch64-linux", s => Pi(s)
            .Text(System, "etc/b.service", "[Service]\nExecStart={systemd-256}/lib/systemd/systemd-foo\n").Program("systemd-256", "lib/systemd/systemd-foo", Intel),
            Breaks(System, "etc/b.service", "the host's systemd")),
        new("ExecStart with flags that compilers have, too", "NixOS/nixpkgs 91754", "nixos", "riscv64-linux", s => s
            .Program($"system-{V}-1", "bin/x", RiscV).Text($"system-{V}-1", "etc/c.service", "[Service]\nExecStart={curl-8.9}/bin/curl -L -I https://example.org\n").Program("curl-8.9", "bin/curl", Intel),
            Breaks($"system-{V}-1", "etc/c.service", "the host's curl")),
        new("a unit whose comment and documentation name the build's perl", "NixOS/nixpkgs 75324", "nixos", "aarch64-linux", s => Pi(s)
            .Text(System, "etc/d.service", "# Generated by {perl-5.40}/bin/perl\n[Service]\nExecStart=/run/x\n").Program("perl-5.40", "bin/perl", Intel),
            Bloats(System, "etc/d.service", "Drop the comment")),
        new("Environment=PATH in a unit", "NixOS/nixpkgs 81153", "nixos", "aarch64-linux", s => Pi(s)
            .Text(System, "etc/e.service", "[Service]\nEnvironment=\"PATH={coreutils-9.11}/bin\"\n").Program("coreutils-9.11", "bin/ls", Intel), Breaks(System, "etc/e.service", "the host's coreutils")),
        new("a PAM module of the build machine", "NixOS/nixpkgs 384957", "nixos", "aarch64-linux", s => Pi(s)
            .Text(System, "etc/pam.d/login", "auth sufficient {linux-pam-1.6}/lib/security/pam_unix.so likeauth\n").Library("linux-pam-1.6", "lib/security/pam_unix.so", Intel),
            Breaks(System, "etc/pam.d/login", "the host's linux-pam")),
        new("a udev rule that runs the build's program", "NixOS/nixpkgs 431144", "nixos", "armv7l-linux", s => s
            .Program($"udev-rules-{R}-1", "bin/x", Arm).Text($"udev-rules-{R}-1", "lib/udev/rules.d/60-x.rules", "ACTION==\"add\", RUN+=\"{kmod-30}/bin/kmod load %k\"\n").Program("kmod-30", "bin/kmod", Intel),
            Breaks($"udev-rules-{R}-1", "lib/udev/rules.d/60-x.rules", "the host's kmod")),
        new("a D-Bus service and a desktop entry of the build's programs", "NixOS/nixpkgs 263158", "desktop", "aarch64-linux", s => s
            .Program($"gcr-{A}-4", "bin/x", Aarch64).Text($"gcr-{A}-4", "share/dbus-1/services/x.service", "[D-BUS Service]\nExec={gcr-4}/libexec/agent\n")
            .Text($"gcr-{A}-4", "share/applications/x.desktop", "[Desktop Entry]\nExec={gcr-4}/bin/viewer %U\n").Program("gcr-4", "bin/viewer", Intel).Program("gcr-4", "libexec/agent", Intel),
            Breaks($"gcr-{A}-4", "share/dbus-1/services/x.service", "the host's gcr"), Breaks($"gcr-{A}-4", "share/applications/x.desktop", "the host's gcr")),
        new("gdk-pixbuf's cache with the build's loader", "NixOS/nixpkgs 87212", "desktop", "aarch64-linux", s => s
            .Program($"pixbuf-{A}-2", "bin/x", Aarch64).Text($"pixbuf-{A}-2", "lib/gdk-pixbuf-2.0/2.10.0/loaders.cache", "\"{librsvg-2.58}/lib/gdk-pixbuf-2.0/loaders/libsvg.so\"\n\"svg\" 6\n").Library("librsvg-2.58", "lib/gdk-pixbuf-2.0/loaders/libsvg.so", Intel),
            Breaks($"pixbuf-{A}-2", "lib/gdk-pixbuf-2.0/2.10.0/loaders.cache", "the host's librsvg")),
        new("a Vulkan driver of the build machine", "NixOS/nixpkgs 384957", "desktop", "aarch64-linux", s => s
            .Program($"drivers-{A}-1", "bin/x", Aarch64).Text($"drivers-{A}-1", "share/vulkan/icd.d/x.json", "{\"ICD\":{\"library_path\":\"{mesa-24}/lib/libvulkan_x.so\"}}").Library("mesa-24", "lib/libvulkan_x.so", Intel),
            Breaks($"drivers-{A}-1", "share/vulkan/icd.d/x.json", "the host's mesa")),
        new("a typelib that names the build's library", "NixOS/nixpkgs 176464", "desktop", "aarch64-linux", s => s
            .Program($"atk-{A}-2", "bin/x", Aarch64).Text($"atk-{A}-2", "lib/girepository-1.0/Atk-1.0.typelib", "GOBJ\nMETADATA\r\n\u001a\u0004\0\0\0{atk-2.38}/lib/libatk-1.0.so.0\0").Library("atk-2.38", "lib/libatk-1.0.so.0", Intel),
            Breaks($"atk-{A}-2", "lib/girepository-1.0/Atk-1.0.typelib", "the host's atk")),
        new("a wrapper that searches the build's data, plug-ins and libraries", "NixOS/nixpkgs 418819", "desktop", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/.app-wrapped", Aarch64)
            .Script($"app-{A}-1", "bin/app", $"#!/bin/sh\nexport GST_PLUGIN_SYSTEM_PATH_1_0='{{gst-plugins-1}}/lib/gstreamer-1.0'\nexport LD_LIBRARY_PATH='{{gst-plugins-1}}/lib'\nexec -a \"$0\" \"{{app-{A}-1}}/bin/.app-wrapped\" \"$@\"\n")
            .Library("gst-plugins-1", "lib/gstreamer-1.0/libgstx.so", Intel), Breaks($"app-{A}-1", "bin/app", "Wrap with the host's gst-plugins")),
        new("a font that only a cache names", "NixOS/nixpkgs 263187", "desktop", "aarch64-linux", s => s
            .Program($"app-{A}-1", "bin/app", Aarch64).Text($"app-{A}-1", "etc/fonts.conf", "<dir>{dejavu-fonts-2}/share/fonts</dir>\n").Text("dejavu-fonts-2", "share/fonts/x.ttf", "font\n")),
        new("R's Renviron, which every start reads", "NixOS/nixpkgs 75476", "nixos", "aarch64-linux", s => s
            .Program($"R-{A}-4", "lib/R/bin/exec/R", Aarch64).Text($"R-{A}-4", "lib/R/etc/Renviron", "R_HOME=x\nTAR=${TAR-'{gnutar-1.35}/bin/tar'}\n").Program("gnutar-1.35", "bin/tar", Intel),
            Breaks($"R-{A}-4", "lib/R/etc/Renviron", "the host's gnutar")),
        new("bison's m4, which it runs", "NixOS/nixpkgs 21138", "c", "aarch64-linux", s => s
            .ProgramWith($"bison-{A}-3.8", "bin/bison", Aarch64, "{gnum4-1.4}/bin/m4").Program("gnum4-1.4", "bin/m4", Intel), Breaks($"bison-{A}-3.8", "bin/bison", "compiled in and will be")),
        new("a configure line that a program prints", "NixOS/nixpkgs 5895", "c", "armv7l-linux", s => s
            .ProgramWith($"tool-{R}-1", "bin/tool", Arm, "configured with --with-shell={bash-5.2p37}/bin/bash --build=x86_64").Program("bash-5.2p37", "bin/bash", Intel),
            Bloats($"tool-{R}-1", "bin/tool", "remove-references-to")),
        new("an example in the documentation", "NixOS/nixpkgs 48506", "c", "aarch64-linux", s => s
            .Program($"foo-{A}-1", "bin/foo", Aarch64).Script($"foo-{A}-1", "share/doc/foo/examples/run.sh", "#!{bash-5.2p37}/bin/bash\n").Program("bash-5.2p37", "bin/bash", Intel),
            Shebang($"foo-{A}-1", "share/doc/foo/examples/run.sh", "do not install", Effect.Bloats)),
        new("a script that git runs", "NixOS/nixpkgs 141959, NixOS/nixpkgs 107639", "c", "armv7l-linux", s => s
            .Program($"git-{R}-2", "bin/git", Arm).Script($"git-{R}-2", "libexec/git-core/git-submodule", "#!{bash-5.2p37}/bin/bash\n").Program("bash-5.2p37", "bin/bash", Intel), Shebang($"git-{R}-2", "libexec/git-core/git-submodule")),
        new("php-config8.2, a config script with a version", "NixOS/nixpkgs 61552", "c", "aarch64-linux", s => s
            .Program($"php-{A}-8.2", "bin/php", Aarch64).Script($"php-{A}-8.2", "bin/php-config8.2", "#!/bin/sh\nprefix=/x\ncase $1 in --cflags) echo -I{gcc-wrapper-13}/include;; esac\nCC={gcc-wrapper-13}/bin/gcc\n").Program("gcc-wrapper-13", "bin/gcc", Intel),
            Bloats($"php-{A}-8.2", "bin/php-config8.2", "dev output")),
        new("a vendor's program without its loader", "meta-erlang/meta-erlang 304, nix-community/nix-ld 70", "c", "aarch64-linux", s => s
            .Program($"phoenix-{A}-1", "bin/hello", Aarch64).File($"phoenix-{A}-1", "bin/vendor", Code.Program(Aarch64, "/lib/ld-linux-aarch64.so.1")).File($"phoenix-{A}-1", "bin/static", Code.Static(Aarch64)),
            Dangling($"phoenix-{A}-1", "bin/vendor", "autoPatchelfHook")),
        new("a script of perl below lib/R/bin", "NixOS/nixpkgs 513898, NixOS/nixpkgs 289101", "c", "aarch64-linux", s => s
            .Program($"R-{A}-4", "bin/R", Aarch64).Script($"R-{A}-4", "lib/R/bin/pager", "#!/usr/bin/perl\n"), Dangling($"R-{A}-4", "lib/R/bin/pager", "patchShebangs --host")),
        new("env and sh, which NixOS has", "NixOS/nixpkgs 216106", "c", "aarch64-linux", s => s
            .Program($"tool-{A}-1", "bin/tool", Aarch64).Script($"tool-{A}-1", "bin/a", "#!/usr/bin/env python3\n").Script($"tool-{A}-1", "bin/b", "#!/bin/sh\n")),
        new("a cross-built compiler for a microcontroller", "buildroot check-bin-arch", "c", "x86_64-linux", s => s
            .Program("gcc-arm-embedded-13", "bin/arm-none-eabi-gcc", Intel).File("gcc-arm-embedded-13", "arm-none-eabi/lib/crt0.o", new ClosureScan.Testing.ElfBuilder { Type = 1 }.ArmAttributes((6, 10), (7, (byte)'M')).Build(), executable: false)),
        new("firmware of a co-processor and code for a guest", "buildroot check-bin-arch", "nixos", "mipsel-linux", s => s
            .File("router-mipsel-unknown-linux-gnu-1", "bin/x", CorpusMachine.Mipsel.Elf(2).Build()).File("router-mipsel-unknown-linux-gnu-1", "lib/firmware/radio.elf", CorpusMachine.Intel.Elf(2).Build())
            .File("router-mipsel-unknown-linux-gnu-1", "share/qemu/bios.elf", CorpusMachine.Intel.Elf(2).Build())),
        new("a program of the build machine in a MIPS router", "NixOS/nixpkgs 217239", "nixos", "mipsel-linux", s => s
            .File("router-mipsel-unknown-linux-gnu-1", "bin/x", CorpusMachine.Mipsel.Elf(2).Build()).File("router-mipsel-unknown-linux-gnu-1", "lib/helper", CorpusMachine.Intel.Elf(2).Build()),
            Binary("router-mipsel-unknown-linux-gnu-1", "lib/helper")),
        new("a runner that carries an aarch64 system", "NixOS/nixpkgs 186975, nix-community/disko 990", "image", "x86_64-linux", s => s
            .Script("nixos-vm", "bin/run-pi-vm", $"#!{{bash-5.2p37}}/bin/bash\nexec {{qemu-9.1}}/bin/qemu-system-aarch64 -append init={{{System}}}/init \"$@\"\n").Link("nixos-vm", "system", $"{{{System}}}")
            .Program("bash-5.2p37", "bin/bash", Intel).Program("qemu-9.1", "bin/qemu-system-aarch64", Intel).Link(System, "init", $"{{systemd-{A}-256}}/bin/systemd").Program($"systemd-{A}-256", "bin/systemd", Aarch64)),
        new("a script that streams an image of aarch64", "NixOS/nixpkgs 186975", "image", "x86_64-linux", s => s
            .Script("stream-hello", "", $"#!{{python3-3.12.8}}/bin/python3\nconf = \"{{hello-{A}-2}}\"\n").Program("python3-3.12.8", "bin/python3", Intel).Program($"hello-{A}-2", "bin/hello", Aarch64)),
        new("a runner inside the system that it would run", "NixOS/nixpkgs 186975", "image", "aarch64-linux", s => Pi(s)
            .Link(System, "vm", "{microvm-run-1}").Script("microvm-run-1", "bin/microvm-run", "#!{bash-5.2p37}/bin/bash\n").Program("bash-5.2p37", "bin/bash", Intel), Shebang("microvm-run-1", "bin/microvm-run")),
    ];

    /// <summary>An aarch64 system: its file, its kernel's place, its systemd.</summary>
    private static Scene Pi(Scene scene) => scene.Text(System, "system", "aarch64-linux").Link(System, "init", $"{{systemd-{A}-256}}/bin/systemd")
        .Program($"systemd-{A}-256", "bin/systemd", Aarch64).Program($"bash-{A}-5.3", "bin/bash", Aarch64);
}
