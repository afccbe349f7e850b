namespace ClosureScan.Media;

/// <summary>Compressed data by their first bytes, those of the formats that have a magic.</summary>
internal static class CompressionMagic
{
    /// <summary>What the data are called, <c>xz</c>; null for others. Eight bytes suffice.</summary>
    public static string? NameOf(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 8, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => "zstd", // a frame to be skipped
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [0x04, 0x22, 0x4d, 0x18, ..] => "lz4",
        [0x02, 0x21, 0x4c, 0x18, ..] => "lz4", // as the kernel has it
        [(byte)'B', (byte)'Z', (byte)'h', _, 0x31, 0x41, 0x59, 0x26, ..] => "bzip2",
        [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] => "lzip",
        _ => null,
    };
}
