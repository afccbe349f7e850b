namespace ClosureScan.Evidence;

/// <summary>A named part of a binary.</summary>
/// <param name="Name">What the format calls it: <c>.rdata</c>, <c>__TEXT,__cstring</c>, <c>LC_RPATH</c>, <c>data</c>.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Its bytes in the file.</param>
internal readonly record struct FileRegion(string Name, long Offset, long Length)
{
    /// <summary>Whether the byte at <paramref name="offset"/> of the file belongs to it.</summary>
    public bool Contains(long offset) => offset >= Offset && offset - Offset < Length;
}
