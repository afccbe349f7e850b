using System.Runtime.InteropServices;

namespace ClosureScan.Walking.Disk;

/// <summary>
/// The C library of 64-bit Linux. Names are bytes that end with a zero. Results below 0 mean that
/// <see cref="Marshal.GetLastPInvokeError"/> tells why.
/// </summary>
internal static partial class Libc
{
    public const int AtFdCwd = -100;
    public const int AtSymlinkNoFollow = 0x100;
    public const int AtEmptyPath = 0x1000;

    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    public const uint StatxTypeModeSize = 0x1 | 0x2 | 0x200;

    public const int ErrorInterrupted = 4;

    private const string Library = "libc";

    // ARM and POWER number these two flags differently from everybody else (asm/fcntl.h).
    private static readonly bool HasOwnFlags =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le;

    public static int OpenDirectoryOnly { get; } = HasOwnFlags ? 0x4000 : 0x10000;

    public static int OpenNoFollow { get; } = HasOwnFlags ? 0x8000 : 0x20000;

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, ref readonly byte name, int flags);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, ref byte buffer, nint count, long offset);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, ref readonly byte name, ref byte buffer, nint size);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    public static partial int Statx(int directory, ref readonly byte name, int flags, uint mask, out FileStatus status);

    /// <summary>glibc since 2.30.</summary>
    [LibraryImport(Library, EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint GetDirectoryEntries64(int directory, ref byte buffer, nint size);

    /// <summary>musl, where all offsets have 64 bits.</summary>
    [LibraryImport(Library, EntryPoint = "getdents", SetLastError = true)]
    public static partial nint GetDirectoryEntries(int directory, ref byte buffer, nint size);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, nint argument);

    /// <summary>The fields of <c>struct statx</c> that are used; its layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public long Size;

        public readonly bool IsOwnerExecutable => (Mode & 0x40) != 0;

        public readonly DiskNodeKind Kind => (Mode & 0xF000) switch
        {
            0x8000 => DiskNodeKind.File,
            0x4000 => DiskNodeKind.Directory,
            0xA000 => DiskNodeKind.Symlink,
            _ => DiskNodeKind.Special,
        };
    }
}
