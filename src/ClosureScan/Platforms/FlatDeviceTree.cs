using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>
/// Identifies flattened device trees (Devicetree Specification, chapter 5). Those that describe a board are data; a FIT image is
/// one with a node <c>/images</c>, whose members U-Boot starts.
/// </summary>
internal static class FlatDeviceTree
{
    private const int HeaderSize = 40;
    private const uint BeginNode = 1, EndNode = 2, Property = 3, NoOperation = 4;

    /// <summary>Whether the bytes begin as a device tree does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0xd0, 0x0d, 0xfe, 0xed]);

    /// <summary>Identifies a device tree.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        const int MaxTokens = 4_096, ImageDepth = 3;
        if (file.Head.Length < HeaderSize)
        {
            return FileIdentity.Data;
        }

        var header = new EndianSpan(file.Head, bigEndian: true);
        long offset = header.UInt32(8);
        long names = header.UInt32(12);
        bool isInImages = false, isFit = false;
        int depth = 0;
        Platform? platform = null;
        Span<byte> token = stackalloc byte[12];
        for (int i = 0; i < MaxTokens && platform is null; i++)
        {
            int read = file.Read(offset, token);
            uint kind = read < sizeof(uint) ? 0 : new EndianSpan(token, bigEndian: true).UInt32(0);
            if (kind == BeginNode && FileText.TryReadTerminated(file, offset + 4, limit: 256, out int length, out string? name))
            {
                depth++;
                isInImages = depth == 2 ? name == "images" : isInImages;
                isFit |= isInImages;
                offset += 4 + Align(length + 1);
            }
            else if (kind == EndNode && depth > 0)
            {
                depth--;
                offset += 4;
            }
            else if (kind == Property && read == token.Length)
            {
                var property = new EndianSpan(token, bigEndian: true);
                long size = property.UInt32(4);
                if (isInImages && depth == ImageDepth
                    && FileText.TryReadTerminated(file, names + property.UInt32(8), limit: 16, out _, out string? key) && key == "arch"
                    && FileText.TryReadTerminated(file, offset + 12, limit: 16, out _, out string? architecture))
                {
                    platform = PlatformOf(architecture);
                }

                offset += 12 + Align(size);
            }
            else if (kind == NoOperation)
            {
                offset += 4;
            }
            else
            {
                break;
            }
        }

        return isFit ? KernelImageIdentifier.Make(platform) : FileIdentity.Data;
    }

    private static long Align(long size) => (size + 3) & ~3L;

    /// <summary>U-Boot's names (boot/image.c, uimage_arch), of those a Nix system exists for.</summary>
    private static Platform? PlatformOf(string architecture) => architecture switch
    {
        "arm" or "s390" or "sparc" or "sparc64" or "m68k" or "microblaze" or "x86_64" or "xtensa" => Processor.PlatformOf(architecture, "linux"),
        "arm64" => Processor.PlatformOf("aarch64", "linux"),
        "powerpc" or "ppc" => Processor.PlatformOf("powerpc", "linux"),
        "x86" => Processor.PlatformOf("i686", "linux"),
        "or1k" => Processor.PlatformOf("or1k", "linux"),
        "sh" => Processor.PlatformOf("sh4", "linux"),
        _ => null,
    };
}
