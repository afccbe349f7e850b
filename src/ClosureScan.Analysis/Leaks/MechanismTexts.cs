using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Leaks;

/// <summary>What carries a reference, in words: what it is, what such bytes look like, and what mends it in general.</summary>
internal static class MechanismTexts
{
    private const string Strip = "removeReferencesTo where the text only records the build; the host's path where something uses it.";
    private const string Relink = "patchelf --shrink-rpath, or link it with the host's package.";

    /// <summary>Every mechanism.</summary>
    public static IReadOnlyList<(Mechanism Mechanism, string Meaning, string Example, string Mending)> All { get; } =
    [
        (Mechanism.Data, "Bytes that are no text and of no known format.", "share/icons/cache.bin, byte 4120", Strip),
        (Mechanism.Text, "Text of no known kind.", "share/doc/README:12: built with /nix/store/…-gcc-wrapper-13.2.0", Strip),
        (Mechanism.Shebang, "The first line of a script, behind #!. The script fails on the host.", "bin/unicode_start:1: #!/nix/store/…-bash-5.2/bin/bash", "The interpreter in buildInputs, and patchShebangs --host."),
        (Mechanism.ScriptBody, "A script, below its first line.", "bin/redis-init:7: exec /nix/store/…-coreutils-9.4/bin/env", "Substitute the host's path, or a name that PATH finds."),
        (Mechanism.Wrapper, "A wrapper that makeWrapper or makeBinaryWrapper wrote.", "bin/foo: PATH=/nix/store/…-perl-5.36/bin", "Give makeWrapper the host's packages: buildInputs and lib.makeBinPath, not nativeBuildInputs."),
        (Mechanism.ElfInterpreter, "The loader that an ELF program starts with (PT_INTERP). The program fails on the host.", "bin/mkfoo, .interp: /nix/store/…-glibc-2.38/lib/ld-linux-x86-64.so.2", "Build it with ${stdenv.cc.targetPrefix}cc."),
        (Mechanism.ElfRunpath, "Where an ELF file searches its libraries (DT_RUNPATH, DT_RPATH).", "bin/gpsd, .dynstr: /nix/store/…-gcc-13.2.0/lib", Relink),
        (Mechanism.ElfNeeded, "A library that an ELF file names (DT_NEEDED, DT_SONAME, filters, audit).", "bin/foo, .dynstr: /nix/store/…-zlib-1.3/lib/libz.so.1", Relink),
        (Mechanism.ElfRodata, "Constants of a program (.rodata and its kin).", "lib/libfoo.so, .rodata: /nix/store/…-bash-5.2/bin/sh", "Tell configure the host's path (--with-shell=, -DSHELL=); " + Strip),
        (Mechanism.ElfData, "Writable data or code of a program.", "lib/libfoo.so, .data: /nix/store/…-tzdata-2024a", Strip),
        (Mechanism.ElfDebug, "Debug information.", "lib/libfoo.so, .debug_str: /nix/store/…-gcc-13.2.0/include", "Strip it, or separateDebugInfo = true."),
        (Mechanism.ElfComment, "What a compiler says of itself and its command line (.comment, .GCC.command.line).", "bin/foo, .GCC.command.line: -I/nix/store/…-zlib-1.3-dev/include", "Strip it: objcopy --remove-section."),
        (Mechanism.ElfOther, "Any other part of an ELF file: notes, symbol names, what is appended.", "bin/foo, .note.package", Strip),
        (Mechanism.ArchiveMember, "A member of a static library.", "lib/libfoo.a(bar.o)", "Leave static libraries out of what the host gets (moveToOutput lib/libfoo.a $dev), or strip them."),
        (Mechanism.Bitcode, "LLVM bitcode.", "lib/libfoo.bc", "Do not install it, or strip it."),
        (Mechanism.Bytecode, "Compiled Python, Guile, Emacs, OCaml, Erlang or Java code.", "lib/python3.11/__pycache__/_sysconfigdata.pyc", "Mend the source beside it and compile it again; never write into byte code."),
        (Mechanism.Libtool, "A description of a libtool library (.la).", "lib/libfoo.la:17: dependency_libs='-L/nix/store/…-gcc-13.2.0/lib'", "Delete the .la file, or move it to dev."),
        (Mechanism.PkgConfig, "A pkg-config file (.pc).", "lib/pkgconfig/expat.pc:2: prefix=/nix/store/…", "Move it to dev, or write the host's path."),
        (Mechanism.Cmake, "A CMake package file.", "lib/cmake/foo/fooTargets.cmake:40", "Move it to dev, or write the host's path."),
        (Mechanism.Makefile, "A makefile or a fragment of one.", "lib/perl5/Config.mk:3: CC=/nix/store/…-gcc-wrapper/bin/gcc", "Move it to dev, or write a name that PATH finds."),
        (Mechanism.ConfigScript, "A script that prints flags, curl-config or apr-1-config.", "bin/curl-config:8: echo '/nix/store/…-gcc-wrapper-13.2.0/bin/gcc'", "moveToOutput bin/foo-config $dev, or remove-references-to -t ${stdenv.cc}."),
        (Mechanism.Sysconfig, "What the runtime of a language records of its own build (Python, Perl, Ruby, R, Node, GHC, PHP).", "lib/python3.11/_sysconfigdata.py:90: 'CC': '/nix/store/…-gcc-wrapper/bin/gcc'", "remove-references-to -t ${stdenv.cc} on it, as Nixpkgs does for Python."),
        (Mechanism.NixSupport, "A file below nix-support/, which Nixpkgs' builders read.", "nix-support/propagated-native-build-inputs:1", "Move the output that has it to dev, or propagate less."),
        (Mechanism.SymlinkTarget, "The target of a symbolic link.", "bin/nologin → /nix/store/…-coreutils-9.4/bin/false", "Link to the host's package, or leave the link out."),
        (Mechanism.EntryName, "The name of a file or a folder.", "share/gdb/auto-load/nix/store/…-gcc-13.2.0", "Do not install it under that name."),
        (Mechanism.Compressed, "Inside compressed or UTF-16 data or a container, where Nix does not look; found with --deep.", "share/man/man1/foo.1.gz", "Install it uncompressed, or name the path in nix-support as well."),
        (Mechanism.Container, "In the bytes of a compressed file or container, which lay there uncompressed by chance.", "lib/foo.jar, byte 90112", Strip),
    ];

    /// <summary>What is said of one mechanism.</summary>
    public static (Mechanism Mechanism, string Meaning, string Example, string Mending) Of(Mechanism mechanism) => All[(int)mechanism];
}
