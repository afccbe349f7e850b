using System.Buffers.Binary;

namespace ClosureScan.Platforms.MachO;

/// <summary>The header of a Mach-O file for one machine (Apple's mach-o/loader.h).</summary>
internal readonly record struct MachOHeader(bool IsBigEndian, bool Is64Bit, uint CpuType, uint FileType, uint CommandCount, uint CommandsSize)
{
    /// <summary>The longer header, that of the 64-bit kind.</summary>
    public const int MaxSize = 32;

    /// <summary>Where the load commands begin.</summary>
    public int Size => Is64Bit ? 32 : 28;

    /// <summary>What the file is for.</summary>
    public FileRole Role => FileType switch
    {
        1 => FileRole.Object,
        2 => FileRole.Program,
        6 or 7 or 8 or 9 => FileRole.SharedLibrary,
        10 => FileRole.DebugInfo,
        11 or 12 => FileRole.Kernel,
        _ => FileRole.None,
    };

    /// <summary>The platform; null for a processor that is not known.</summary>
    public Platform? Platform => FindProcessor(CpuType) is { } processor
        ? processor.ToPlatform("darwin") with { Endianness = IsBigEndian ? Endianness.Big : Endianness.Little, Abi = CpuType == Arm64With32BitAddresses ? "ilp32" : null }
        : null;

    private const uint Arm64With32BitAddresses = 0x0200000c;

    /// <summary>Looks a CPU type up (mach/machine.h); null for one that this table does not know.</summary>
    public static Processor? FindProcessor(uint cpuType) => cpuType switch
    {
        7 => Processor.Find("i686"),
        12 => Processor.Find("arm"),
        18 => Processor.Find("powerpc"),
        0x01000007 => Processor.Find("x86_64"),
        0x0100000c or Arm64With32BitAddresses => Processor.Find("aarch64"),
        0x01000012 => Processor.Find("powerpc64"),
        _ => null,
    };

    /// <summary>Whether the bytes begin as a file for one machine does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) =>
        head.Length >= sizeof(uint)
        && BinaryPrimitives.ReadUInt32BigEndian(head) is 0xfeedface or 0xfeedfacf or 0xcefaedfe or 0xcffaedfe;

    /// <summary>Reads the header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out MachOHeader header)
    {
        header = default;
        if (!HasMagic(head) || head.Length < 28)
        {
            return false;
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(head);
        bool big = magic is 0xfeedface or 0xfeedfacf;
        var bytes = new EndianSpan(head, big);
        header = new MachOHeader(
            big, magic is 0xfeedfacf or 0xcffaedfe, bytes.UInt32(4), bytes.UInt32(12), bytes.UInt32(16), bytes.UInt32(20));
        return true;
    }
}
