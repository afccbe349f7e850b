using System.IO.Pipelines;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Compression;

/// <summary>Opens files as a binary cache has them: plain, or compressed as the ending of their name says.</summary>
internal static class CompressedFile
{
    /// <summary>
    /// A pipe of the plain bytes of a file: <c>.xz</c>, <c>.zst</c>, <c>.bz2</c>, <c>.gz</c>, <c>.br</c> and <c>.lz</c> are
    /// decompressed, anything else is given as it is. Complete the reader to close the file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PipeReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CompressionMethod method = MethodOf(path);
        return method == CompressionMethod.None ? NarSource.OpenFile(path) : NarSource.FromStream(Decoder.Open(method, File.OpenRead(path)));
    }

    /// <summary>Whether the ending of a file's name says that it is compressed.</summary>
    public static bool IsNamedSo(string path) => MethodOf(path) != CompressionMethod.None;

    /// <summary>
    /// Whether an exception, thrown while such a pipe was read, says that the compressed data are damaged, cut off or followed by something
    /// else. gzip data that are cut off may end without one where the process has no System.IO.Compression.UseStrictValidation.
    /// </summary>
    public static bool IsDamage(Exception exception) => Decoder.IsDataError(exception);

    private static CompressionMethod MethodOf(string path) => Path.GetExtension(path) switch
    {
        ".xz" => CompressionMethod.Xz,
        ".zst" => CompressionMethod.Zstd,
        ".bz2" => CompressionMethod.Bzip2,
        ".gz" => CompressionMethod.Gzip,
        ".br" => CompressionMethod.Brotli,
        ".lz" => CompressionMethod.Lzip,
        _ => CompressionMethod.None,
    };
}
