namespace ClosureScan.Walking.Disk;

/// <summary>
/// What a walk asks of the operating system: a stack of open directories and at most one open file, addressed by the depth
/// of the directory they lie in (0 for the root, which lies in none) and their name. Methods return null when they did it,
/// else what a person is told; they never follow a symlink and never wait for the other end of a pipe.
/// </summary>
internal abstract class DiskReader : IFileBytes, IDisposable
{
    private const int PageLength = 4 * 1024;
    private const int WindowLength = 16 * 1024;

    private readonly byte[] _window = new byte[WindowLength];
    private long _windowStart;
    private int _windowLength;

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

    /// <summary>Tells what opening a file would, without opening it.</summary>
    public virtual string? Measure(int depth, ReadOnlySpan<byte> name, out long length, out bool executable)
    {
        string? problem = OpenFile(depth, name, out length, out executable);
        if (problem is null)
        {
            CloseFile();
        }

        return problem;
    }

    /// <summary>Fills <paramref name="destination"/> from the open file's <paramref name="offset"/> on; fewer bytes mean that it ends there.</summary>
    public abstract string? ReadFile(long offset, Span<byte> destination, out int count);

    /// <summary>Closes the open file.</summary>
    public abstract void CloseFile();

    /// <summary>
    /// Fills <paramref name="destination"/> from the open file, small reads from a window: telling what the 1,700 members of an
    /// archive are takes 7,000 reads of some bytes, and as many calls of the system cost thirty times the search of the archive.
    /// </summary>
    public int Read(long offset, Span<byte> destination)
    {
        if (destination.Length > WindowLength / 4)
        {
            _ = ReadFile(offset, destination, out int count);
            return count;
        }

        if (offset < _windowStart || offset + destination.Length > _windowStart + _windowLength)
        {
            _windowStart = offset - (offset % PageLength);
            _ = ReadFile(_windowStart, _window, out _windowLength);
        }

        ReadOnlySpan<byte> from = _window.AsSpan(0, _windowLength)[(int)Math.Min(_windowLength, offset - _windowStart)..];
        from = from[..Math.Min(from.Length, destination.Length)];
        from.CopyTo(destination);
        return from.Length;
    }

    /// <summary>Forgets the window: another file is open now.</summary>
    public void ForgetWindow() => _windowLength = 0;

    /// <summary>Closes everything.</summary>
    public abstract void Dispose();
}
