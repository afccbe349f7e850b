namespace ClosureScan;

/// <summary>A compressed format that <see cref="ScanOptions.Deep"/> looks into. One object serves many scanners at once.</summary>
public interface IContentDecoder
{
    /// <summary>What to call the format in evidence: <c>gzip</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file that begins like this is of the format.</summary>
    /// <param name="beginning">The first 512 bytes, or all of a shorter file.</param>
    bool Recognises(ReadOnlySpan<byte> beginning);

    /// <summary>Whether a file of this name is of the format, where its bytes cannot tell: Brotli's begin like any others.</summary>
    /// <param name="name">The last component of its path.</param>
    bool RecognisesName(ReadOnlySpan<byte> name) => false;

    /// <summary>
    /// Opens the decompressed bytes. On malformed bytes, opening or reading throws <see cref="InvalidDataException"/> or another
    /// <see cref="IOException"/>; what came before is scanned. The caller disposes the result, and <paramref name="compressed"/> itself.
    /// </summary>
    Stream Open(Stream compressed);
}
