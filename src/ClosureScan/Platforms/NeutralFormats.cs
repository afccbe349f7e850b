using System.Buffers.Binary;
using System.Numerics;
using ClosureScan.Containers;
using ClosureScan.Media;

namespace ClosureScan.Platforms;

/// <summary>The formats that are the same on every platform, by their first bytes: compression, containers, byte code.</summary>
internal static class NeutralFormats
{
    private const int TarMagicOffset = 257;

    /// <summary>Identifies one of these formats; null for anything else.</summary>
    public static FileIdentity? Identify(ReadOnlySpan<byte> head) =>
        head.Length < 8 ? null
        : CompressionMagic.NameOf(head) is not null || IsLzma(head) ? FileIdentity.Compressed
        : IsContainer(head) ? FileIdentity.Container
        : IsBytecode(head) ? FileIdentity.Bytecode
        : ContainerFormats.FindClosed(head) is not null ? FileIdentity.Container
        : null;

    private static bool IsContainer(ReadOnlySpan<byte> head) => head[0] switch
    {
        (byte)'P' => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) || head.StartsWith("PK\u0007\u0008"u8), // zip, jar, wheel
        (byte)'h' => head.StartsWith("hsqs"u8), // squashfs
        (byte)'s' => head.StartsWith("sqsh"u8), // squashfs, big-endian
        (byte)'0' => head.StartsWith("070701"u8) || head.StartsWith("070702"u8) || head.StartsWith("070707"u8), // cpio
        0x0d => head.StartsWith("\u000d\0\0\0\0\0\0\0nix-archive-1"u8),
        _ => head.Length > TarMagicOffset && head[TarMagicOffset..].StartsWith("ustar"u8),
    };

    private static bool IsBytecode(ReadOnlySpan<byte> head) => IsPython(head) || head[0] switch
    {
        0xca => IsJavaClass(head),
        (byte)'F' => head.Length >= 12 && head.StartsWith("FOR1"u8) && head[8..].StartsWith("BEAM"u8), // Erlang
        (byte)'C' => head.Length > 8 && head.StartsWith("Caml1999"u8) && "AIOT"u8.Contains(head[8]), // OCaml
        (byte)';' => head.StartsWith(";ELC"u8), // Emacs Lisp
        0x1b => head.StartsWith("\u001bLua"u8) || head.StartsWith("\u001bLJ"u8),
        0x03 => head.StartsWith<byte>([0x03, 0x02, 0x23, 0x07]), // SPIR-V
        _ => false,
    };

    /// <summary>The container without a magic: told by a dictionary of a size that encoders choose, and a length that streams leave open.</summary>
    private static bool IsLzma(ReadOnlySpan<byte> head)
    {
        const int HeaderSize = 13;
        return head.Length >= HeaderSize
            && head[0] == 0x5d
            && BitOperations.PopCount(BinaryPrimitives.ReadUInt32LittleEndian(head[1..])) is 1 or 2
            && BinaryPrimitives.ReadInt64LittleEndian(head[5..]) == -1;
    }

    /// <summary>Fat Mach-O has the same magic, and its number of slices where classes have a version from 45 on.</summary>
    private static bool IsJavaClass(ReadOnlySpan<byte> head)
    {
        const int FirstMajorVersion = 45;
        return head.StartsWith<byte>([0xca, 0xfe, 0xba, 0xbe]) && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) >= FirstMajorVersion;
    }

    /// <summary>A version from 3000 on (62,000 for Python 2), a line end that text mode would spoil, and since 3.7 two flags.</summary>
    private static bool IsPython(ReadOnlySpan<byte> head)
    {
        const int FirstWithFlags = 3390;
        int version = BinaryPrimitives.ReadUInt16LittleEndian(head);
        return head[2..].StartsWith("\r\n"u8)
            && version is (>= 3000 and < 4000) or (>= 62_000 and < 63_000)
            && (version is < FirstWithFlags or >= 62_000 || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) <= 3);
    }
}
