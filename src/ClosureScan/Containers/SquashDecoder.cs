using System.IO.Compression;

namespace ClosureScan.Containers;

/// <summary>Undoes the compression of a squashfs, block by block.</summary>
internal sealed class SquashDecoder(ushort compression, IContainerSink sink)
{
    private readonly IContentDecoder? _decoder = compression switch { 4 => sink.Decoder("xz"), 6 => sink.Decoder("zstd"), _ => null };

    /// <summary>Fills <paramref name="plain"/> and returns how many bytes there were.</summary>
    /// <exception cref="InvalidDataException">The block is malformed.</exception>
    /// <exception cref="NotSupportedException">Nobody here undoes this compression.</exception>
    public int Decode(byte[] block, int length, Span<byte> plain)
    {
        const int Lz4 = 5;
        int count = compression == Lz4 ? Lz4Block.Decode(block.AsSpan(0, length), plain) : DecodeStream(block, length, plain);
        sink.Spend(count / 16);
        return count;
    }

    private int DecodeStream(byte[] block, int length, Span<byte> plain)
    {
        const int Zlib = 1;
        using MemoryStream compressed = new(block, 0, length, writable: false);
        using Stream stream = compression == Zlib ? new ZLibStream(compressed, CompressionMode.Decompress)
            : _decoder?.Open(compressed)
            ?? throw new NotSupportedException($"a squashfs with compression {compression} (1 zlib, 4 xz, 5 lz4 and 6 zstd can be undone)");
        return stream.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
    }
}
