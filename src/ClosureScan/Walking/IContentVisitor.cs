namespace ClosureScan.Walking;

/// <summary>
/// Takes the contents of one store path in the order of its NAR. <see cref="NarWalk"/> and <see cref="DirectoryWalk"/>
/// give equal calls for the same tree. All spans are valid during the call only.
/// </summary>
public interface IContentVisitor
{
    /// <summary>A directory begins; its entries follow, until an entry that does not lie below it.</summary>
    void Directory(in ContentEntry entry);

    /// <summary>A symbolic link.</summary>
    /// <param name="entry">Where it is.</param>
    /// <param name="target">Its target, as bytes.</param>
    /// <param name="narOffset">Where the target's first byte lies in the NAR.</param>
    void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset);

    /// <summary>A regular file begins.</summary>
    /// <param name="entry">Where it is.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="executable">Whether its owner may execute it.</param>
    /// <param name="narOffset">Where its first byte lies in the NAR.</param>
    void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset);

    /// <summary>The next bytes of the file, never empty; together the calls give the whole file, in order.</summary>
    void FileData(ReadOnlySpan<byte> data);

    /// <summary>The file has ended.</summary>
    /// <param name="file">Access to what has passed, so that headers can be read now that it is known what to look for.</param>
    void EndFile(in FileView file);
}
