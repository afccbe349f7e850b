using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace ClosureScan.Stores.Compression;

/// <summary>Opens the decoder for a compression method.</summary>
internal static class Decoder
{
    /// <summary>
    /// A stream of the plain bytes of <paramref name="source"/>, which it owns. Reading it throws what
    /// <see cref="IsDataError"/> tells when the data are damaged or cut off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The method is not one of the enumeration.</exception>
    public static Stream Open(CompressionMethod method, Stream source) => method switch
    {
        CompressionMethod.None => source,
        CompressionMethod.Xz => Liblzma.IsAvailable ? new LiblzmaStream(source) : OpenManagedXz(source),
        CompressionMethod.Zstd => new ZstdSharp.DecompressionStream(source, bufferSize: 128 * 1024, checkEndOfStream: true, leaveOpen: false),
        CompressionMethod.Bzip2 => BZip2Stream.Create(source, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: false),
        CompressionMethod.Gzip => new GZipStream(source, CompressionMode.Decompress),
        CompressionMethod.Brotli => new BrotliStream(source, CompressionMode.Decompress),
        CompressionMethod.Lzip => LZipStream.Create(source, SharpCompress.Compressors.CompressionMode.Decompress),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No compression method."),
    };

    /// <summary>The decoder for xz that works everywhere.</summary>
    public static Stream OpenManagedXz(Stream source) => new XZStream(source);

    /// <summary>Whether <paramref name="exception"/> is how a decoder says that its data are damaged or cut off.</summary>
    public static bool IsDataError(Exception exception) => exception is
        InvalidDataException or EndOfStreamException or InvalidOperationException or OverflowException or IndexOutOfRangeException
        or ZstdSharp.ZstdException or SharpCompress.Common.SharpCompressException;
}
