using System.IO.Compression;

namespace ClosureScan.Containers;

/// <summary>
/// The one compressed format with a magic that the framework reads. That data are cut short the framework tells only in a process whose
/// configuration has System.IO.Compression.UseStrictValidation, as the command-line tool's has.
/// </summary>
internal sealed class GzipDecoder : IContentDecoder
{
    /// <inheritdoc/>
    public string Name => "gzip";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) => beginning is [0x1f, 0x8b, 8, ..];

    /// <inheritdoc/>
    public Stream Open(Stream compressed) => new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
}
