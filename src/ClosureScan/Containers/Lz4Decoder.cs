namespace ClosureScan.Containers;

/// <summary>lz4 frames, and what <c>lz4 -l</c> and the kernel's build make.</summary>
internal sealed class Lz4Decoder : IContentDecoder
{
    /// <inheritdoc/>
    public string Name => "lz4";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) => beginning is [0x04, 0x22, 0x4d, 0x18, ..] or [0x02, 0x21, 0x4c, 0x18, ..];

    /// <inheritdoc/>
    public Stream Open(Stream compressed) => new Lz4Stream(compressed);
}
