namespace ClosureScan.Platforms.Elf;

/// <summary>A string that the loader reads, and where it lies.</summary>
/// <param name="Tag">The dynamic tag that names it; 0 for the program interpreter.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Its bytes, the closing NUL not counted.</param>
/// <param name="Value">The text; bytes that are no UTF-8 are U+FFFD.</param>
internal readonly record struct ElfString(ulong Tag, long Offset, int Length, string Value)
{
    /// <summary>Whether the byte at <paramref name="offset"/> of the file belongs to it.</summary>
    public bool Contains(long offset) => offset >= Offset && offset - Offset < Length;
}
