namespace ClosureScan.Platforms;

/// <summary>The container format of a file, by its first bytes.</summary>
public enum FileFormat
{
    /// <summary>Nothing that is recognised.</summary>
    Data,

    /// <summary>Text without a shebang.</summary>
    Text,

    /// <summary>A script: <c>#!</c> and an interpreter.</summary>
    Script,

    /// <summary>ELF.</summary>
    Elf,

    /// <summary>An <c>ar</c> archive.</summary>
    Archive,

    /// <summary>Mach-O, thin or fat.</summary>
    MachO,

    /// <summary>PE, .NET assemblies among them.</summary>
    Pe,

    /// <summary>A COFF object.</summary>
    Coff,

    /// <summary>WebAssembly.</summary>
    Wasm,

    /// <summary>LLVM bitcode.</summary>
    Bitcode,

    /// <summary>Byte code of a virtual machine: Python, Java, Erlang, Emacs, OCaml, Lua.</summary>
    Bytecode,

    /// <summary>gzip, xz, zstd, bzip2, lz4, lzma.</summary>
    Compressed,

    /// <summary>zip, jar, tar, cpio, squashfs, NAR.</summary>
    Container,

    /// <summary>A kernel or boot image that is none of the above: zImage, Image, bzImage, uImage, FIT.</summary>
    KernelImage,
}
