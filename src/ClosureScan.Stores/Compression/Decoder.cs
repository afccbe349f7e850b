using System.Buffers.Binary;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace ClosureScan.Stores.Compression;

/// <summary>Opens the decoder for a compression method.</summary>
internal static class Decoder
{
    private const SharpCompress.Compressors.CompressionMode Decompress = SharpCompress.Compressors.CompressionMode.Decompress;

    /// <summary>
    /// A stream of the plain bytes of <paramref name="source"/>, which it owns. Reading it throws <see cref="InvalidDataException"/>
    /// when the data are damaged, cut off, or followed by something else. Of gzip data that are cut off it may give what there is unless the
    /// process has System.IO.Compression.UseStrictValidation: the reader must know where its bytes end.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The method is not one of the enumeration.</exception>
    public static Stream Open(CompressionMethod method, Stream source) => method switch
    {
        CompressionMethod.None => source,
        CompressionMethod.Xz => Liblzma.IsAvailable ? new LiblzmaStream(source) : OpenManagedXz(source),
        CompressionMethod.Zstd => Libzstd.IsAvailable ? new LibzstdStream(source) : OpenManagedZstd(source),
        CompressionMethod.Bzip2 => new ManagedDecoderStream(
            source, static source => BZip2Stream.Create(source, Decompress, decompressConcatenated: true, leaveOpen: false)),
        CompressionMethod.Gzip => new GzipDecoderStream(source),
        CompressionMethod.Brotli => new BrotliDecoderStream(source),
        CompressionMethod.Lzip => new ManagedDecoderStream(source, static source => new LzipMemberStream(source)),
        CompressionMethod.Lzma => new ManagedDecoderStream(source, OpenLzma),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No compression method."),
    };

    // A byte of properties, four of the dictionary's size, eight of the length. The dictionary is allocated at once.
    private static LzmaStream OpenLzma(Stream source)
    {
        const int HeaderLength = 13, PropertiesLength = 5, MaxDictionary = 64 * 1024 * 1024;
        byte[] header = new byte[HeaderLength];
        source.ReadExactly(header);
        uint dictionary = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(1));
        return dictionary <= MaxDictionary
            ? LzmaStream.Create(header[..PropertiesLength], source)
            : throw new InvalidDataException($"lzma data with a dictionary of {dictionary} bytes.");
    }

    /// <summary>
    /// The decoder for xz that works everywhere. Rejected where liblzma is: 40 MB of /usr/lib by <c>xz -6</c> took it 3.0 s of
    /// processor time, liblzma here 0.92 s and <c>xz -dc</c> 0.90 s.
    /// </summary>
    public static Stream OpenManagedXz(Stream source) => new ManagedDecoderStream(source, static source => new XZStream(source));

    /// <summary>
    /// The decoder for Zstandard that works everywhere. Rejected where libzstd is: 200 MB of /usr/lib by <c>zstd -3</c> took it
    /// 0.21 s of processor time and 0.40 s while its code was still compiled, libzstd here and <c>zstd -dc</c> 0.18 s both.
    /// </summary>
    public static Stream OpenManagedZstd(Stream source) => new ManagedDecoderStream(
        source, static source => new ZstdSharp.DecompressionStream(source, bufferSize: 128 * 1024, checkEndOfStream: true, leaveOpen: false));

    /// <summary>Whether <paramref name="exception"/> is how a decoder says that its data are damaged or cut off.</summary>
    public static bool IsDataError(Exception exception) => exception is InvalidDataException;
}
