using System.Buffers.Binary;

namespace ClosureScan.Containers;

/// <summary>The containers that can be looked into, and those that are only known by name.</summary>
internal static class ContainerFormats
{
    private static readonly IContainerFormat[] Known =
        [new ZipFormat(), new SquashFormat(), new CpioFormat(), new ArFormat(), new TarFormat(), new AppImageFormat(), new ExtFormat(), new FatFormat(), new PartitionFormat()];

    /// <summary>The format of a file that begins like this; null when it can not be looked into, or is no container.</summary>
    /// <param name="beginning">The first 4 KiB, or all of a shorter file.</param>
    public static IContainerFormat? Find(ReadOnlySpan<byte> beginning)
    {
        foreach (IContainerFormat format in Known)
        {
            if (format.Recognises(beginning))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The name of a container that nobody here looks into; null for anything else.</summary>
    /// <param name="beginning">The first 4 KiB, or all of a shorter file.</param>
    public static string? FindClosed(ReadOnlySpan<byte> beginning)
    {
        const int Superblock = 1024;
        if (beginning.Length < 16)
        {
            return null;
        }

        string? named = beginning[0] switch
        {
            (byte)'Q' when beginning.StartsWith("QFI"u8) && beginning[3] == 0xfb => "qcow2",
            (byte)'K' when beginning.StartsWith("KDMV"u8) => "VMDK",
            (byte)'c' when beginning.StartsWith("conectix"u8) => "VHD",
            (byte)'v' when beginning.StartsWith("vhdxfile"u8) => "VHDX",
            (byte)'<' when beginning.StartsWith("<<< Oracle VM VirtualBox"u8) => "VDI",
            (byte)'X' when beginning.StartsWith("XFSB"u8) => "XFS",
            (byte)'s' when beginning.StartsWith("sqsh"u8) => "squashfs, big-endian",
            (byte)'-' when beginning.StartsWith("-rom1fs-"u8) => "romfs",
            (byte)'7' when beginning.StartsWith<byte>([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) => "7z",
            (byte)'R' when beginning.StartsWith("Rar!\u001a\u0007"u8) => "RAR",
            (byte)'M' when beginning.StartsWith("MSCF"u8) => "cabinet",
            (byte)'U' when beginning.StartsWith("UBI#"u8) => "UBI",
            0x31 when beginning.StartsWith<byte>([0x31, 0x18, 0x10, 0x06]) => "UBIFS",
            0x45 when beginning.StartsWith<byte>([0x45, 0x3d, 0xcd, 0x28]) => "cramfs",
            0x3a when beginning.StartsWith<byte>([0x3a, 0xff, 0x26, 0xed]) => "Android sparse image",
            0xed when beginning.StartsWith<byte>([0xed, 0xab, 0xee, 0xdb]) => "RPM",
            0x04 when IsAsar(beginning) => "asar",
            _ => null,
        };
        return named ?? (beginning.Length < Superblock + 64 ? null
            : BinaryPrimitives.ReadUInt32LittleEndian(beginning[Superblock..]) switch
            {
                0xe0f5e1e2 => "erofs",
                0xf2f52010 => "F2FS",
                _ => null,
            });
    }

    // Electron: a pickle of four bytes that say how long the header is, which is JSON.
    private static bool IsAsar(ReadOnlySpan<byte> beginning) =>
        BinaryPrimitives.ReadUInt32LittleEndian(beginning) == 4 && beginning.Length >= 24 && beginning[16..].StartsWith("{\"files\""u8);
}
