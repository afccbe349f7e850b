using System.Buffers.Binary;

namespace ClosureScan.Platforms;

/// <summary>
/// The images boot loaders start: Linux for x86, ARM, AArch64, RISC-V and s390x (its Documentation/*/boot*.rst), and U-Boot's
/// wrapper. Asked before PE: with an EFI stub these begin as PE files do.
/// </summary>
internal static class KernelImageIdentifier
{
    /// <summary>Identifies an image; null for anything else.</summary>
    public static FileIdentity? Identify(ReadOnlySpan<byte> head)
    {
        const int LongestHeader = 0x238;
        return head.Length < LongestHeader ? (head.Length >= 64 ? IdentifyUBoot(head) : null)
            : IdentifyX86(head) ?? IdentifyArm(head) ?? IdentifyUBoot(head) ?? IdentifyOther(head);
    }

    /// <summary>Makes the identity of a kernel, or of another file for a boot loader.</summary>
    public static FileIdentity Make(Platform? platform, FileRole role = FileRole.Kernel) =>
        new() { Format = FileFormat.KernelImage, Role = role, Platform = platform };

    private static FileIdentity? IdentifyX86(ReadOnlySpan<byte> head)
    {
        const int FirstProtocol = 0x200, FirstWithLoadFlags = 0x20c;
        int protocol = BinaryPrimitives.ReadUInt16LittleEndian(head[0x206..]);
        if (head[0x1fe] != 0x55 || head[0x1ff] != 0xaa || !head[0x202..].StartsWith("HdrS"u8) || protocol < FirstProtocol)
        {
            return null;
        }

        bool is64 = protocol >= FirstWithLoadFlags && (head[0x236] & 1) != 0;
        return Make(Processor.PlatformOf(is64 ? "x86_64" : "i686", "linux"));
    }

    private static FileIdentity? IdentifyArm(ReadOnlySpan<byte> head)
    {
        const uint ZImage = 0x016f2818;
        return BinaryPrimitives.ReadUInt32LittleEndian(head[0x24..]) == ZImage ? Make(Processor.PlatformOf("arm", "linux"))
            : BinaryPrimitives.ReadUInt32BigEndian(head[0x24..]) == ZImage ? Make(Processor.PlatformOf("armeb", "linux"))
            : head[0x38..].StartsWith("ARMd"u8) ? Make(Processor.PlatformOf((head[0x18] & 1) != 0 ? "aarch64_be" : "aarch64", "linux"))
            : null;
    }

    private static FileIdentity? IdentifyOther(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> s390 = [0x00, 0x08, 0x00, 0x00, 0x80, 0x00, 0x02, 0x00, 0x02, 0x00, 0x00, 0x18, 0x60, 0x00, 0x00, 0x50];
        return head.StartsWith(s390) ? Make(Processor.PlatformOf("s390x", "linux"))

            // The image tells the width only in the PE header of its EFI stub.
            : head[0x30..].StartsWith("RISCV\0\0\0"u8) && head[0x38..].StartsWith("RSC\u0005"u8) ? Make(PeIdentifier.FindPlatform(head, "linux"))
            : head.StartsWith("MZ\0\0zimg"u8) ? Make(PeIdentifier.FindPlatform(head, "linux"))
            : head.StartsWith("ANDROID!"u8) ? Make(null)
            : null;
    }

    private static FileIdentity? IdentifyUBoot(ReadOnlySpan<byte> head)
    {
        const uint Magic = 0x27051956;
        const int Linux = 5, TypeKernel = 2, TypeKernelAnywhere = 14;
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != Magic)
        {
            return null;
        }

        // U-Boot: include/image.h, IH_ARCH_*, of those a Nix system exists for.
        string? cpu = head[29] switch
        {
            2 => "arm",
            3 => "i686",
            7 => "powerpc",
            8 => "s390",
            9 => "sh4",
            10 => "sparc",
            11 => "sparc64",
            12 => "m68k",
            21 => "or1k",
            22 => "aarch64",
            24 => "x86_64",
            25 => "xtensa",
            _ => null,
        };
        bool isKernel = head[30] is TypeKernel or TypeKernelAnywhere;
        return Make(
            cpu is null ? null : Processor.PlatformOf(cpu, head[28] == Linux ? "linux" : null),
            isKernel ? FileRole.Kernel : FileRole.Auxiliary);
    }
}
