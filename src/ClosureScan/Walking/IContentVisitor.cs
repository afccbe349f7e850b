namespace ClosureScan.Walking;

/// <summary>
/// Takes the contents of one store path in the order of its NAR. <see cref="NarWalk"/> and <see cref="DirectoryWalk"/>
/// give equal calls for the same tree. All spans are valid during the call only.
/// </summary>
internal interface IContentVisitor
{
    /// <summary>A directory begins; its entries follow, then its <see cref="EndDirectory"/>.</summary>
    void Directory(in ContentEntry entry);

    /// <summary>The last directory that began and has not ended, ends.</summary>
    void EndDirectory(in ContentEntry entry)
    {
    }

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

    /// <summary>
    /// Whether all of a long file must be there to be read again at its end; else its first 4 KiB are, and whatever its source still
    /// has. Asked once, while data pass, of files that do not come whole.
    /// </summary>
    /// <param name="beginning">The first 4 KiB.</param>
    bool KeepsWhole(ReadOnlySpan<byte> beginning) => false;

    /// <summary>The next bytes of the file, never empty; together the calls give the whole file, in order.</summary>
    void FileData(ReadOnlySpan<byte> data);

    /// <summary>The file has ended.</summary>
    /// <param name="file">Access to what has passed, so that headers can be read now that it is known what to look for.</param>
    void EndFile(in FileView file);
}
