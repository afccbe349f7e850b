namespace ClosureScan.Walking;

/// <summary>Random access to a file that has been walked: on disk all of it, in a stream what was kept.</summary>
internal interface IFileBytes
{
    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on.</summary>
    /// <returns>How many bytes were there to give: fewer at the file's end and where the bytes were not kept, 0 for none.</returns>
    int Read(long offset, Span<byte> destination);
}
