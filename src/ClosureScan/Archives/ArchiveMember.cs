namespace ClosureScan.Archives;

/// <summary>A member of an <c>ar</c> archive.</summary>
/// <param name="Kind">What it is to the archive.</param>
/// <param name="HeaderOffset">Where its header begins in the file.</param>
/// <param name="DataOffset">Where its contents begin in the file, a BSD name before them left out.</param>
/// <param name="Size">The bytes of its contents that are in the file: fewer than the header says when the file is cut, 0 in a thin archive.</param>
internal readonly record struct ArchiveMember(ArchiveMemberKind Kind, long HeaderOffset, long DataOffset, long Size)
{
    /// <summary>Whether the byte at <paramref name="offset"/> of the archive belongs to its contents.</summary>
    public bool Contains(long offset) => offset >= DataOffset && offset - DataOffset < Size;
}
