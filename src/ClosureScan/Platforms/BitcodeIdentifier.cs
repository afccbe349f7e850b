using System.Buffers.Binary;
using ClosureScan.Platforms.MachO;

namespace ClosureScan.Platforms;

/// <summary>Identifies LLVM bitcode. Its triple lies in packed bits; only the wrapper that Apple's tools put around it names a processor.</summary>
internal static class BitcodeIdentifier
{
    private static readonly FileIdentity Bare = new() { Format = FileFormat.Bitcode, Role = FileRole.Object };

    /// <summary>Identifies bitcode; null for anything else.</summary>
    public static FileIdentity? Identify(ReadOnlySpan<byte> head)
    {
        const int CpuTypeOffset = 16;
        if (head.StartsWith<byte>([(byte)'B', (byte)'C', 0xc0, 0xde]))
        {
            return Bare;
        }

        return head.Length < CpuTypeOffset + sizeof(uint) || !head.StartsWith<byte>([0xde, 0xc0, 0x17, 0x0b])
            ? null
            : MachOHeader.FindProcessor(BinaryPrimitives.ReadUInt32LittleEndian(head[CpuTypeOffset..])) is { } processor
                ? Bare with { Platform = processor.ToPlatform("darwin") }
                : Bare;
    }
}
