using System.Text;
using ClosureScan.Nar;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Walking.Disk;

/// <summary>
/// Reads through .NET's own file API, where the C library of Linux is not there. Slower; names that are no UTF-8 can not be
/// opened and are reported; where the system has no executable bits, no file is executable. .NET does not tell sockets, pipes
/// and devices from files, but they all say that they are empty: what says so is taken for an empty file and never opened,
/// for opening a pipe would wait for its other end.
/// </summary>
internal sealed class PortableDiskReader : DiskReader
{
    private readonly string[] _directories = new string[NarLimits.MaxDepth + 1];
    private SafeFileHandle? _file;

    public PortableDiskReader() => _directories[0] = "";

    public override byte[] RootName(string path) => Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(path) + '\0');

    public override string? Identify(int depth, ReadOnlySpan<byte> name, out DiskNodeKind kind)
    {
        string path = PathOf(depth, name);
        DiskNodeKind found = DiskNodeKind.Unknown;
        string? problem = Try(() => found = KindOf(new FileInfo(path)));
        kind = found;
        return problem;
    }

    public override string? OpenDirectory(int depth, ReadOnlySpan<byte> name, DirectoryNames names)
    {
        names.Clear();
        string path = PathOf(depth, name);
        _directories[depth + 1] = path;
        return Try(() =>
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            {
                names.Add(Encoding.UTF8.GetBytes(entry.Name), DiskNodeKind.Unknown);
            }
        });
    }

    public override void CloseDirectory(int depth)
    {
    }

    public override string? ReadLink(int depth, ReadOnlySpan<byte> name, Span<byte> target, out int length)
    {
        string path = PathOf(depth, name);
        byte[] bytes = [];
        string? problem = Try(() => bytes = Encoding.UTF8.GetBytes(
            new FileInfo(path).LinkTarget ?? throw new IOException("It is no longer a symlink")));
        length = Math.Min(bytes.Length, target.Length);
        bytes.AsSpan(0, length).CopyTo(target);
        return problem;
    }

    public override string? OpenFile(int depth, ReadOnlySpan<byte> name, out long length, out bool executable)
    {
        string path = PathOf(depth, name);
        long size = 0;
        bool runs = false;
        string? problem = Try(() =>
        {
            FileInfo info = new(path);
            size = info.Length;
            runs = !OperatingSystem.IsWindows() && (info.UnixFileMode & UnixFileMode.UserExecute) != 0;
            _file = size == 0 ? null : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        });
        length = size;
        executable = runs;
        return problem;
    }

    public override string? ReadFile(long offset, Span<byte> destination, out int count)
    {
        count = 0;
        try
        {
            while (count < destination.Length && _file is not null
                && RandomAccess.Read(_file, destination[count..], offset + count) is > 0 and int read)
            {
                count += read;
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    public override void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }

    public override void Dispose() => CloseFile();

    private static DiskNodeKind KindOf(FileInfo info)
    {
        if (info.LinkTarget is not null)
        {
            return DiskNodeKind.Symlink;
        }

        FileAttributes attributes = File.GetAttributes(info.FullName);
        return attributes.HasFlag(FileAttributes.Directory) ? DiskNodeKind.Directory : DiskNodeKind.File;
    }

    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private string PathOf(int depth, ReadOnlySpan<byte> name) =>
        Path.Combine(_directories[depth], Encoding.UTF8.GetString(name[..^1]));
}
