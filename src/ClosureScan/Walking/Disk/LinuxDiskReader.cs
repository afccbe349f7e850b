using System.Runtime.InteropServices;
using System.Text;
using ClosureScan.Nar;

namespace ClosureScan.Walking.Disk;

/// <summary>
/// Reads through system calls relative to the open directory. Four calls a file (openat, statx, pread, close), where
/// <see cref="File"/> needs eight and a path looked up from its root; and names stay bytes, where .NET's strings lose what is
/// no UTF-8.
/// </summary>
internal sealed class LinuxDiskReader : DiskReader
{
    private const int Closed = -1;
    private static readonly bool HasGetDents64 =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "getdents64", out _);

    // Index 0 is the working directory, from which the root's path leads.
    private readonly int[] _directories = new int[NarLimits.MaxDepth + 1];
    private readonly byte[] _entries = new byte[64 * 1024];
    private int _depth;
    private int _file = Closed;

    public LinuxDiskReader() => _directories[0] = Libc.AtFdCwd;

    public override byte[] RootName(string path) => Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(path) + '\0');

    public override string? Identify(int depth, ReadOnlySpan<byte> name, out DiskNodeKind kind)
    {
        string? problem = Check(Libc.Statx(
            _directories[depth], in name[0], Libc.AtSymlinkNoFollow, Libc.StatxTypeModeSize, out Libc.FileStatus status));
        kind = problem is null ? status.Kind : DiskNodeKind.Unknown;
        return problem;
    }

    public override string? OpenDirectory(int depth, ReadOnlySpan<byte> name, DirectoryNames names)
    {
        names.Clear();
        int directory = Open(depth, name, Libc.OpenDirectoryOnly);
        if (Check(directory) is { } problem)
        {
            return problem;
        }

        problem = List(directory, names);
        if (problem is null)
        {
            _directories[++_depth] = directory;
        }
        else
        {
            _ = Libc.Close(directory);
        }

        return problem;
    }

    public override void CloseDirectory(int depth)
    {
        _ = Libc.Close(_directories[_depth--]);
    }

    public override string? ReadLink(int depth, ReadOnlySpan<byte> name, Span<byte> target, out int length)
    {
        length = (int)Libc.ReadLinkAt(_directories[depth], in name[0], ref target[0], target.Length);
        return Check(length);
    }

    public override string? OpenFile(int depth, ReadOnlySpan<byte> name, out long length, out bool executable)
    {
        length = 0;
        executable = false;
        int file = Open(depth, name, 0);
        if (Check(file) is { } problem)
        {
            return problem;
        }

        _file = file;
        problem = Check(Libc.Statx(file, in "\0"u8[0], Libc.AtEmptyPath, Libc.StatxTypeModeSize, out Libc.FileStatus status))
            ?? (status.Kind == DiskNodeKind.File ? null : "It is no longer a regular file");
        if (problem is not null)
        {
            CloseFile();
            return problem;
        }

        length = status.Size;
        executable = status.IsOwnerExecutable;
        return null;
    }

    public override string? Measure(int depth, ReadOnlySpan<byte> name, out long length, out bool executable)
    {
        string? problem = Check(Libc.Statx(
            _directories[depth], in name[0], Libc.AtSymlinkNoFollow, Libc.StatxTypeModeSize, out Libc.FileStatus status));
        length = status.Size;
        executable = status.IsOwnerExecutable;
        return problem ?? (status.Kind == DiskNodeKind.File ? null : "It is no longer a regular file");
    }

    public override string? ReadFile(long offset, Span<byte> destination, out int count)
    {
        count = 0;
        while (count < destination.Length)
        {
            nint read = Libc.ReadAt(_file, ref destination[count], destination.Length - count, offset + count);
            if (read == 0)
            {
                return null;
            }

            if (read > 0)
            {
                // A regular file gives fewer bytes than asked for only at its end, so the next call is spared.
                count += (int)read;
                return null;
            }

            if (Marshal.GetLastPInvokeError() != Libc.ErrorInterrupted)
            {
                return Check(read);
            }
        }

        return null;
    }

    public override void CloseFile()
    {
        if (_file != Closed)
        {
            _ = Libc.Close(_file);
            _file = Closed;
        }
    }

    public override void Dispose()
    {
        CloseFile();
        while (_depth > 0)
        {
            CloseDirectory(_depth);
        }
    }

    private static string? Check(nint result) => result >= 0 ? null : Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    private int Open(int depth, ReadOnlySpan<byte> name, int flags)
    {
        flags |= Libc.OpenNoFollow | Libc.OpenNonBlocking | Libc.OpenCloseOnExec;
        int descriptor;
        do
        {
            descriptor = Libc.OpenAt(_directories[depth], in name[0], flags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Libc.ErrorInterrupted);
        return descriptor;
    }

    // struct linux_dirent64: inode 8 bytes, offset 8, record length 2, type 1, then the name and a zero.
    private string? List(int directory, DirectoryNames names)
    {
        const int LengthAt = 16, TypeAt = 18, NameAt = 19;
        while (true)
        {
            nint filled = HasGetDents64
                ? Libc.GetDirectoryEntries64(directory, ref _entries[0], _entries.Length)
                : Libc.GetDirectoryEntries(directory, ref _entries[0], _entries.Length);
            if (filled <= 0)
            {
                return Check(filled);
            }

            ReadOnlySpan<byte> records = _entries.AsSpan(0, (int)filled);
            while (!records.IsEmpty)
            {
                int length = MemoryMarshal.Read<ushort>(records[LengthAt..]);
                ReadOnlySpan<byte> name = records[NameAt..length];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(name, KindOf(records[TypeAt]));
                }

                records = records[length..];
            }
        }
    }

    // The DT_ constants of dirent.h; file systems that do not tell give 0.
    private static DiskNodeKind KindOf(byte type) => type switch
    {
        0 => DiskNodeKind.Unknown,
        4 => DiskNodeKind.Directory,
        8 => DiskNodeKind.File,
        10 => DiskNodeKind.Symlink,
        _ => DiskNodeKind.Special,
    };
}
