namespace ClosureScan;

/// <summary>A compressed format that <see cref="ScanOptions.Deep"/> looks into. One object serves many scanners at once.</summary>
public interface IContentDecoder
{
    /// <summary>What to call the format in evidence: <c>gzip</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file that begins like this is of the format.</summary>
    /// <param name="beginning">The first 512 bytes, or all of a shorter file.</param>
    bool Recognises(ReadOnlySpan<byte> beginning);

    /// <summary>
    /// Opens the decompressed bytes. On malformed bytes, opening or reading throws <see cref="InvalidDataException"/> or another
    /// <see cref="IOException"/>; what came before is scanned. The caller disposes the result, and <paramref name="compressed"/> itself.
    /// </summary>
    Stream Open(Stream compressed);
}
