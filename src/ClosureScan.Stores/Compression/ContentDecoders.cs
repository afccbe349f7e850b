using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace ClosureScan.Stores.Compression;

/// <summary>The compressed formats that a scan can look into.</summary>
public static class ContentDecoders
{
    /// <summary>
    /// gzip, lz4, xz, zstd, bzip2, lzip, lzma and Brotli, for <see cref="ScanOptions.Decoders"/>. <see cref="ClosureScanner"/> adds them by itself.
    /// Brotli's data begin like any other: what is called <c>.br</c> is taken for it.
    /// </summary>
    public static ImmutableArray<IContentDecoder> All { get; } =
    [
        .. ScanOptions.Default.Decoders,
        new ContentDecoder("xz", CompressionMethod.Xz, static beginning => beginning is [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..]),
        new ContentDecoder("zstd", CompressionMethod.Zstd, static beginning => beginning is [0x28, 0xb5, 0x2f, 0xfd, ..]),
        new ContentDecoder("bzip2", CompressionMethod.Bzip2, IsBzip2),
        new ContentDecoder("lzip", CompressionMethod.Lzip, static beginning => beginning is [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', 1, ..]),
        new ContentDecoder("lzma", CompressionMethod.Lzma, IsLzma),
        new ContentDecoder("brotli", CompressionMethod.Brotli, static _ => false) { Ending = ".br" },
    ];

    /// <summary><paramref name="decoders"/>, and of <see cref="All"/> those of other names.</summary>
    internal static ImmutableArray<IContentDecoder> AddTo(ImmutableArray<IContentDecoder> decoders) =>
        [.. decoders, .. All.Where(known => decoders.All(decoder => decoder.Name != known.Name))];

    /// <summary>"BZh", a digit, and the magic of the first block: three letters and a digit alone begin many a text.</summary>
    private static bool IsBzip2(ReadOnlySpan<byte> beginning) =>
        beginning is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..];

    /// <summary>No magic: properties that encoders choose, a dictionary of a usual size, and a length that streams leave open.</summary>
    private static bool IsLzma(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= 13 && beginning[0] == 0x5d
        && BitOperations.PopCount(BinaryPrimitives.ReadUInt32LittleEndian(beginning[1..])) is 1 or 2
        && BinaryPrimitives.ReadInt64LittleEndian(beginning[5..]) == -1;

    private delegate bool Recogniser(ReadOnlySpan<byte> beginning);

    private sealed class ContentDecoder(string name, CompressionMethod method, Recogniser recognises) : IContentDecoder
    {
        public string Name => name;

        public string? Ending { get; init; }

        public bool RecognisesName(ReadOnlySpan<byte> fileName) => Ending is not null && fileName.EndsWith(Encoding.ASCII.GetBytes(Ending));

        public bool Recognises(ReadOnlySpan<byte> beginning) => recognises(beginning);

        public Stream Open(Stream compressed) => Decoder.Open(method, compressed);
    }
}
