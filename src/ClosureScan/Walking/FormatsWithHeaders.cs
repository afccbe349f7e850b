using System.Buffers.Binary;

namespace ClosureScan.Walking;

/// <summary>
/// Which files are worth keeping when a stream passes: those whose meaning is told by headers, which may stand behind the
/// bytes they describe. A magic that is missing here costs evidence, never a find.
/// </summary>
internal static class FormatsWithHeaders
{
    /// <summary>How many first bytes <see cref="Match"/> wants.</summary>
    public const int MagicLength = 4;

    /// <summary>Whether a file with these first bytes is such a file.</summary>
    public static bool Match(ReadOnlySpan<byte> magic) => BinaryPrimitives.ReadUInt32BigEndian(magic) switch
    {
        0x7F454C46 => true, // ELF
        0x213C6172 or 0x213C7468 => true, // ar: "!<arch>", "!<thin>"
        0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => true, // Mach-O, 32 and 64 bits in either byte order
        0xCAFEBABE or 0xCAFEBABF => true, // Mach-O for several machines; Java classes
        0xD00DFEED => true, // flattened device trees, FIT images among them
        0x4243C0DE or 0xDEC0170B => true, // LLVM bitcode, bare and wrapped
        0x0061736D => true, // WebAssembly
        0x28B52FFD or 0xFD377A58 or 0x04224D18 or 0x4C5A4950 => true, // zstd, xz, lz4, lzip
        0x504B0304 => true, // zip
        uint first => (first >> 16) is 0x4D5A or 0x1F8B or 0x425A, // PE; gzip; bzip2
    };
}
