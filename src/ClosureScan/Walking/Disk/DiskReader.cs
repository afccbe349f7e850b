namespace ClosureScan.Walking.Disk;

/// <summary>
/// What a walk asks of the operating system: a stack of open directories and at most one open file, addressed by the depth
/// of the directory they lie in (0 for the root, which lies in none) and their name. Methods return null when they did it,
/// else what a person is told; they never follow a symlink and never wait for the other end of a pipe.
/// </summary>
internal abstract class DiskReader : IFileBytes, IDisposable
{
    /// <summary>The fastest reader for this system.</summary>
    public static DiskReader Create() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxDiskReader() : new PortableDiskReader();

    /// <summary>The path as the first name to ask for, followed by a zero byte.</summary>
    public abstract byte[] RootName(string path);

    /// <summary>Tells what <paramref name="name"/> stands for.</summary>
    public abstract string? Identify(int depth, ReadOnlySpan<byte> name, out DiskNodeKind kind);

    /// <summary>Opens a directory as that of depth + 1 and adds its names to <paramref name="names"/>, unsorted.</summary>
    public abstract string? OpenDirectory(int depth, ReadOnlySpan<byte> name, DirectoryNames names);

    /// <summary>Closes the directory opened last, at <paramref name="depth"/>.</summary>
    public abstract void CloseDirectory(int depth);

    /// <summary>Reads a symlink. <paramref name="length"/> is that of <paramref name="target"/> when the target is longer or as long.</summary>
    public abstract string? ReadLink(int depth, ReadOnlySpan<byte> name, Span<byte> target, out int length);

    /// <summary>Opens a file.</summary>
    public abstract string? OpenFile(int depth, ReadOnlySpan<byte> name, out long length, out bool executable);

    /// <summary>Fills <paramref name="destination"/> from the open file's <paramref name="offset"/> on; fewer bytes mean that it ends there.</summary>
    public abstract string? ReadFile(long offset, Span<byte> destination, out int count);

    /// <summary>Closes the open file.</summary>
    public abstract void CloseFile();

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        _ = ReadFile(offset, destination, out int count);
        return count;
    }

    /// <summary>Closes everything.</summary>
    public abstract void Dispose();
}
