using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Testing;
using static ClosureScan.Analysis.Tests.Situations.Expectation;
using static ClosureScan.Analysis.Tests.Situations.Machine;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>What carries references out of builds: sections of programs, files for those who link, byte code, scripts of every kind.</summary>
internal static class CarrierSituations
{
    private const string A = "aarch64-unknown-linux-gnu";
    private const string R = "armv7l-unknown-linux-gnueabihf";
    private const string V = "riscv64-unknown-linux-gnu";
    private const string Gcc = $"{A}-gcc-13.3.0";

    public static ImmutableArray<Situation> All { get; } =
    [
        new("a run path into the cross compiler", "NixOS/nixpkgs 58981, NixOS/nixpkgs 81716", "c", "aarch64-linux", s => Tool(s, Gcc)
            .Compiled($"gpsd-{A}-3", "bin/gpsd", Aarch64, "int main(void) { return 0; }", Loader(Aarch64), $"-Wl,-rpath,{{{Gcc}}}/{A}/lib"),
            Bloats($"gpsd-{A}-3", "bin/gpsd", "patchelf --shrink-rpath")),
        new("a run path to the host's own libraries and to where the program lies", "NixOS/nixpkgs 81716", "c", "aarch64-linux", s => s
            .Compiled($"gpsd-{A}-3", "bin/gpsd", Aarch64, "int main(void) { return 0; }", Loader(Aarch64), $"-Wl,-rpath,{{zlib-{A}-1.3}}/lib:$ORIGIN/../lib")
            .Library($"zlib-{A}-1.3", "lib/libz.so.1", Aarch64)),
        new("a library of the build machine, needed by its whole path", "NixOS/nixpkgs 92778", "c", "aarch64-linux", s => Tool(s, "zlib-1.3", "lib/libz.so.1")
            .File($"tool-{A}-1", "lib/libtool.so", Code.Edit("patchelf", Code.Library(Aarch64), "--add-needed", $"{MemoryStore.PathOf("zlib-1.3")}/lib/libz.so.1")).Program($"tool-{A}-1", "bin/tool", Aarch64),
            Breaks($"tool-{A}-1", "lib/libtool.so", "Link against the host's zlib")),
        new("debug information with the compiler's headers", "NixOS/nixpkgs 35251, NixOS/nixpkgs 58501", "c", "aarch64-linux", s => Tool(s, Gcc)
            .Compiled($"lib-{A}-1", "lib/liba.so", Aarch64, "int f(void) { return 1; }", "-g", "-shared", "-fPIC", "-nostdlib", $"-fdebug-prefix-map=/={{{Gcc}}}/include/"),
            Bloats($"lib-{A}-1", "lib/liba.so", "Strip the debug information")),
        new("a mark of the compiler in a library", "NixOS/nixpkgs 25861", "c", "aarch64-linux", s => Tool(s, Gcc)
            .Compiled($"lib-{A}-1", "lib/liba.so", Aarch64, $"#ident \"configured by {{{Gcc}}}/bin/gcc\"\nint f(void) {{ return 1; }}", "-shared", "-fPIC", "-nostdlib"),
            Bloats($"lib-{A}-1", "lib/liba.so", "strip -R .comment")),
        new("a static library with debug information", "NixOS/nixpkgs 21667", "c", "aarch64-linux", s => Tool(s, Gcc)
            .File($"lib-{A}-1", "lib/liba.a", new ArchiveBuilder().Member("a.o/", Code.Compile(Aarch64, "int f(void) { return 1; }", "-g", "-c", $"-fdebug-prefix-map=/={MemoryStore.PathOf(Gcc)}/include/")).Build(), executable: false),
            Bloats($"lib-{A}-1", "lib/liba.a", "Strip the archive's debug information")),
        new("bitcode that a database keeps to compile at run time", "NixOS/nixpkgs 124804", "c", "aarch64-linux", s => Tool(s, "clang-18")
            .File($"postgresql-{A}-16", "lib/bitcode/heap.bc", [0x42, 0x43, 0xc0, 0xde, .. Encoding.ASCII.GetBytes($"\u0001\u0002clang -I{MemoryStore.PathOf("clang-18")}/include\0\0\0")], executable: false),
            Bloats($"postgresql-{A}-16", "lib/bitcode/heap.bc", "nuke-refs")),
        new("pkg-config, CMake, libtool and Makefile fragments outside a dev output", "NixOS/nixpkgs 82131", "c", "armv7l-linux", s => Tool(s, "zlib-1.3-dev")
            .Program($"foo-{R}-1", "bin/foo", Arm)
            .Text($"foo-{R}-1", "lib/pkgconfig/foo.pc", "Name: foo\nRequires.private: zlib\nLibs: -L{zlib-1.3-dev}/lib -lz\n")
            .Text($"foo-{R}-1", "lib/cmake/foo/foo-config.cmake", "set(ZLIB_INCLUDE \"{zlib-1.3-dev}/include\")\n")
            .Text($"foo-{R}-1", "lib/libfoo.la", "# libfoo.la - a libtool library file\ndlname=''\ndependency_libs=' -L{zlib-1.3-dev}/lib -lz'\n")
            .Text($"foo-{R}-1", "lib/foo/Makefile.inc", "CFLAGS = -I{zlib-1.3-dev}/include\n"),
            Bloats($"foo-{R}-1", "lib/pkgconfig/foo.pc", "dev output"), Bloats($"foo-{R}-1", "lib/cmake/foo/foo-config.cmake", "dev output"),
            Bloats($"foo-{R}-1", "lib/libfoo.la", "Delete the file"), Bloats($"foo-{R}-1", "lib/foo/Makefile.inc", "Delete the file")),
        new("pkg-config and libtool files that name the host's packages", "NixOS/nixpkgs 82131", "c", "armv7l-linux", s => s
            .Program($"foo-{R}-1", "bin/foo", Arm).Text($"foo-{R}-1", "lib/pkgconfig/foo.pc", $"Libs: -L{{zlib-{R}-1.3}}/lib -lz\n").Text($"foo-{R}-1", "lib/libfoo.la", $"dependency_libs=' -L{{zlib-{R}-1.3}}/lib -lz'\n")
            .Library($"zlib-{R}-1.3", "lib/libz.so.1", Arm)),
        new("Python's record of its build, in source and in byte code", "NixOS/nixpkgs 51668, NixOS/nixpkgs 91171", "python", "aarch64-linux", s =>
        {
            Tool(s, "gcc-wrapper-13.3.0").Program($"python3-{A}-3.12", "bin/python3", Aarch64);
            string source = $"build_time_vars = {{'CC': '{MemoryStore.PathOf("gcc-wrapper-13.3.0")}/bin/gcc'}}\n";
            s.Text($"python3-{A}-3.12", "lib/python3.12/_sysconfigdata__linux_.py", source)
                .File($"python3-{A}-3.12", "lib/python3.12/__pycache__/_sysconfigdata__linux_.cpython-312.pyc", Code.Python(source), executable: false);
        }, Bloats($"python3-{A}-3.12", "lib/python3.12/_sysconfigdata__linux_.py", "remove-references-to"),
            Bloats($"python3-{A}-3.12", "lib/python3.12/__pycache__/_sysconfigdata__linux_.cpython-312.pyc", "Mend the source beside it first")),
        new("byte code compiled in a path of the build machine", "NixOS/nixpkgs 25861", "python", "aarch64-linux", s =>
        {
            Tool(s, "python3-3.12.8").Program($"app-{A}-1", "bin/app", Aarch64).Text($"app-{A}-1", "lib/app/config.py", "PREFIX = None\n")
                .File($"app-{A}-1", "lib/app/__pycache__/config.cpython-312.pyc", Code.Python($"PREFIX = '{MemoryStore.PathOf("python3-3.12.8")}/share/app'\n"), executable: false);
        }, Bloats($"app-{A}-1", "lib/app/__pycache__/config.cpython-312.pyc", "Compile the byte code again")),
        new("build inputs propagated out of a package that runs", "NixOS/nixpkgs 142301", "python", "aarch64-linux", s => Tool(s, "python3.12-cffi-1.17")
            .Program($"python3.12-cares-{A}-4", "bin/x", Aarch64).Text($"python3.12-cares-{A}-4", "nix-support/propagated-native-build-inputs", "{python3.12-cffi-1.17} "),
            Bloats($"python3.12-cares-{A}-4", "nix-support/propagated-native-build-inputs", "Propagate from nativeBuildInputs of the users")),
        new("a file that is named after a path of the build machine", "NixOS/nix 11928", "c", "aarch64-linux", s => Tool(s, "bash-5.2p37")
            .Program($"db-{A}-1", "bin/db", Aarch64).Text($"db-{A}-1", $"share/db/{MemoryStore.PathOf("bash-5.2p37").BaseName}.json", "{}\n"),
            Bloats($"db-{A}-1", $"share/db/{MemoryStore.PathOf("bash-5.2p37").BaseName}.json", "Rename the file")),
        new("env -S with an interpreter of the build machine", "pyproject-nix/pyproject.nix 189", "python", "aarch64-linux", s => Tool(s, "python3-3.12.8", "bin/python3")
            .Program($"tool-{A}-1", "bin/x", Aarch64).Script($"tool-{A}-1", "bin/tool", "#!/usr/bin/env -S {python3-3.12.8}/bin/python3 -u\n"),
            Shebang($"tool-{A}-1", "bin/tool")),
        new("env -S with the host's interpreter", "pyproject-nix/pyproject.nix 189", "python", "aarch64-linux", s => s
            .Program($"tool-{A}-1", "bin/x", Aarch64).Script($"tool-{A}-1", "bin/tool", $"#!/usr/bin/env -S {{python3-{A}-3.12.8}}/bin/python3 -u\n").Program($"python3-{A}-3.12.8", "bin/python3", Aarch64)),
        new("gdb's script of the compiler's library", "NixOS/nixpkgs 73574", "c", "aarch64-linux", s => Tool(s, Gcc)
            .Program($"app-{A}-1", "bin/app", Aarch64).Library($"{A}-gcc-13.3.0-lib", "lib/libstdc++.so.6", Aarch64).Link($"app-{A}-1", "lib", $"{{{A}-gcc-13.3.0-lib}}/lib")
            .Text($"app-{A}-1", "share/gdb/auto-load/lib/libstdc++.so.6-gdb.py", $"import sys\npythondir = '{{{Gcc}}}/share/gcc-13.3.0/python'\nlibdir = '{{{Gcc}}}/lib'\n"),
            Bloats($"app-{A}-1", "share/gdb/auto-load/lib/libstdc++.so.6-gdb.py", "substituteInPlace")),
        new("a binary wrapper that starts and searches the build's programs", "NixOS/nixpkgs 50244, NixOS/nixpkgs 95569", "c", "aarch64-linux", s => Tool(s, "coreutils-9.5", "bin/ls")
            .Compiled($"app-{A}-1", "bin/app", Aarch64, """
                int setenv(const char *, const char *, int); int execv(const char *, char **);
                const char *const d = "makeCWrapper '{coreutils-9.5}/bin/ls' \\\n    --prefix 'PATH' ':' '{coreutils-9.5}/bin'\n";
                int main(int c, char **v) { setenv("D", d, 0); setenv("PATH", "{coreutils-9.5}/bin", 1); return execv("{coreutils-9.5}/bin/ls", v); }
                """, Loader(Aarch64)),
            Breaks($"app-{A}-1", "bin/app", "the host's coreutils")),
        new("a launcher of a command line tool in node_modules", "NixOS/nixpkgs 355165", "node", "aarch64-linux", s => Tool(s, "nodejs-20.18", "bin/node")
            .Program($"app-{A}-1", "bin/x", Aarch64).Script($"app-{A}-1", "lib/node_modules/app/cli.js", "#!{nodejs-20.18}/bin/node\nrequire('x')\n"),
            Shebang($"app-{A}-1", "lib/node_modules/app/cli.js")),
        new("records of how a gem's extension was made", "ruby/rubygems 9700, NixOS/nixpkgs 28283", "ruby", "aarch64-linux", s => Tool(s, "ruby-3.3.8", "bin/ruby")
            .Program($"app-{A}-1", "bin/x", Aarch64).Text($"app-{A}-1", "lib/ruby/gems/3.3.0/extensions/aarch64-linux/3.3.0/x-1/gem_make.out", "{ruby-3.3.8}/bin/ruby -I {ruby-3.3.8}/lib extconf.rb\ncreating Makefile\n"),
            Bloats($"app-{A}-1", "lib/ruby/gems/3.3.0/extensions/aarch64-linux/3.3.0/x-1/gem_make.out", "")),
        new("a launcher of a Java program", "NixOS/nixpkgs 93326", "java", "riscv64-linux", s => Tool(s, "openjdk-21", "bin/java")
            .Program($"app-{V}-1", "bin/x", RiscV).Script($"app-{V}-1", "bin/app", "#!/bin/sh\nexport JAVA_HOME={openjdk-21}\nexec {openjdk-21}/bin/java -jar /x.jar \"$@\"\n"),
            Breaks($"app-{V}-1", "bin/app", "the host's openjdk")),
        new("a wrapper of a .NET program with the build's run time", "NixOS/nixpkgs 98915", "dotnet", "aarch64-linux", s => Tool(s, "dotnet-runtime-8.0", "bin/dotnet")
            .Program($"app-{A}-1", "lib/app/app", Aarch64).Script($"app-{A}-1", "bin/app", $"#!/bin/sh\nexport DOTNET_ROOT='{{dotnet-runtime-8.0}}'\nexec -a \"$0\" \"{{app-{A}-1}}/lib/app/app\" \"$@\"\n"),
            Breaks($"app-{A}-1", "bin/app", "the host's dotnet-runtime")),
        new("GHC's record of the packages that it linked", "NixOS/nixpkgs 137871", "haskell", "aarch64-linux", s => Tool(s, "ghc-9.6.6", "bin/ghc")
            .Program($"app-{A}-1", "bin/app", Aarch64).Text($"app-{A}-1", "lib/package.conf.d/x.conf", "name: x\nid: x-1\nlibrary-dirs: {ghc-9.6.6}/lib/x86_64-linux-ghc-9.6.6\n"),
            Bloats($"app-{A}-1", "lib/package.conf.d/x.conf", "")),
        new("Perl's record of its build", "NixOS/nixpkgs 10244, NixOS/nixpkgs 5895", "perl", "armv7l-linux", s => Tool(s, "gcc-wrapper-13.3.0")
            .Program($"perl-{R}-5.38", "bin/perl", Arm).Text($"perl-{R}-5.38", "lib/perl5/5.38.2/armv7l-linux/Config_heavy.pl", "cc='{gcc-wrapper-13.3.0}/bin/gcc'\nccflags='-O2'\n"),
            Bloats($"perl-{R}-5.38", "lib/perl5/5.38.2/armv7l-linux/Config_heavy.pl", "")),
        new("a path in an initial RAM disk's script, with containers looked into", "NixOS/nixpkgs 309190", "image", "aarch64-linux", s => Tool(s, "busybox-1.36", "bin/ash")
            .Program($"initrd-{A}-1", "bin/x", Aarch64).File($"initrd-{A}-1", "initrd", Cpio("init", $"#!{MemoryStore.PathOf("busybox-1.36")}/bin/ash\nexec x\n"), executable: false),
            Breaks($"initrd-{A}-1", "initrd", "Rebuild what is packed")) { IsDeep = true },
        new("an initial RAM disk that names the host's own paths", "NixOS/nixpkgs 309190", "image", "aarch64-linux", s => s
            .Program($"initrd-{A}-1", "bin/x", Aarch64).File($"initrd-{A}-1", "initrd", Cpio("init", $"#!{MemoryStore.PathOf($"busybox-{A}-1.36")}/bin/ash\nexec x\n"), executable: false)
            .Program($"busybox-{A}-1.36", "bin/ash", Aarch64)) { IsDeep = true },
    ];

    /// <summary>Adds a path of the build machine; the root is what is named next.</summary>
    private static Scene Tool(Scene scene, string name, string file = "bin/gcc")
    {
        scene.Libc(Intel)[MemoryStore.PathOf(name)][file] = new SceneFile(Code.Program(Intel), Executable: true);
        return scene;
    }

    private static string Loader(Machine machine) => $"-Wl,--dynamic-linker={MemoryStore.PathOf(machine.Libc)}/lib/{machine.Loader}";

    /// <summary>An archive as a kernel unpacks it.</summary>
    private static byte[] Cpio(string name, string text)
    {
        StringBuilder cpio = new();
        Entry(name, "000081ed", text);
        Entry("TRAILER!!!", "00000000", "");
        return Encoding.ASCII.GetBytes(cpio.ToString());

        void Entry(string entry, string mode, string contents)
        {
            string zero = "00000000";
            cpio.Append($"070701{zero}{mode}{zero}{zero}00000001{zero}{contents.Length:x8}{zero}{zero}{zero}{zero}{entry.Length + 1:x8}{zero}{entry}\0");
            cpio.Append('\0', (4 - (cpio.Length % 4)) % 4).Append(contents);
            cpio.Append('\0', (4 - (cpio.Length % 4)) % 4);
        }
    }
}
