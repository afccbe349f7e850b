namespace ClosureScan.Nar;

/// <summary>What a <see cref="NarEntry"/> is.</summary>
public enum NarEntryKind
{
    /// <summary>Nothing has been read yet.</summary>
    None,

    /// <summary>A regular file; its contents can be read now.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Symlink,

    /// <summary>A directory begins; its entries follow, then its <see cref="EndOfDirectory"/>.</summary>
    Directory,

    /// <summary>The last directory that began and has not ended, ends.</summary>
    EndOfDirectory,

    /// <summary>The archive has ended; what follows in the stream is not part of it and is left there.</summary>
    EndOfArchive,
}
