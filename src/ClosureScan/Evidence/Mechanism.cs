using System.Text.Json.Serialization;

namespace ClosureScan.Evidence;

/// <summary>What in a file carries a reference. Told by the bytes and the path, never guessed: what is not recognised stays <see cref="Text"/> or <see cref="Data"/>.</summary>
[JsonConverter(typeof(MechanismJsonConverter))]
public enum Mechanism
{
    /// <summary>Bytes that are no text and of no known format.</summary>
    Data,

    /// <summary>Text of no known kind.</summary>
    Text,

    /// <summary>The first line of a script, after <c>#!</c>.</summary>
    Shebang,

    /// <summary>A script, below its first line.</summary>
    ScriptBody,

    /// <summary>A wrapper that <c>makeWrapper</c> or <c>makeBinaryWrapper</c> wrote.</summary>
    Wrapper,

    /// <summary>The program interpreter of an ELF file (PT_INTERP).</summary>
    ElfInterpreter,

    /// <summary>DT_RUNPATH or DT_RPATH.</summary>
    ElfRunpath,

    /// <summary>A DT_NEEDED, DT_SONAME, filter or audit entry.</summary>
    ElfNeeded,

    /// <summary>Read-only data that is loaded (.rodata and its kin).</summary>
    ElfRodata,

    /// <summary>Writable data or code that is loaded.</summary>
    ElfData,

    /// <summary>Debug information.</summary>
    ElfDebug,

    /// <summary>Compiler identification and recorded command lines (.comment, .GCC.command.line).</summary>
    ElfComment,

    /// <summary>Any other part of an ELF file: notes, symbol names, overlays, what cannot be attributed.</summary>
    ElfOther,

    /// <summary>A member of an <c>ar</c> archive.</summary>
    ArchiveMember,

    /// <summary>LLVM bitcode.</summary>
    Bitcode,

    /// <summary>Compiled Python, Guile, Emacs, OCaml, Erlang or Java code.</summary>
    Bytecode,

    /// <summary>A libtool archive description (<c>.la</c>).</summary>
    Libtool,

    /// <summary>A pkg-config file (<c>.pc</c>).</summary>
    PkgConfig,

    /// <summary>A CMake package file.</summary>
    Cmake,

    /// <summary>A makefile or a fragment of one.</summary>
    Makefile,

    /// <summary>A <c>*-config</c> script that prints flags.</summary>
    ConfigScript,

    /// <summary>What a language's runtime records of its own build (Python, Perl, Ruby, R, Node, GHC, PHP).</summary>
    Sysconfig,

    /// <summary>A file below <c>nix-support/</c>.</summary>
    NixSupport,

    /// <summary>The target of a symbolic link.</summary>
    SymlinkTarget,

    /// <summary>The name of a directory entry.</summary>
    EntryName,

    /// <summary>Inside compressed or UTF-16 data or a container, where Nix does not look.</summary>
    Compressed,

    /// <summary>In the bytes of a compressed file or a container themselves, which happened to lie there uncompressed, so that Nix sees it.</summary>
    Container,
}
