using System.Runtime.InteropServices;

namespace ClosureScan.Cli;

/// <summary>Tells pipes, devices and sockets from files: they are written into, and never removed or replaced.</summary>
internal static partial class SpecialFile
{
    private const int CurrentDirectory = -100;
    private const uint TypeField = 1;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;

    /// <summary>Whether <paramref name="path"/>, or what it links to, is there and is neither a file nor a directory.</summary>
    public static bool IsAt(string path)
    {
        string whole = Path.GetFullPath(path);
        if (whole.StartsWith("/proc/", StringComparison.Ordinal) || (whole.StartsWith("/dev/", StringComparison.Ordinal) && !whole.StartsWith("/dev/shm/", StringComparison.Ordinal)))
        {
            // /dev/stdout may lead to a file, and is still no name to put another file under.
            return true;
        }

        return OperatingSystem.IsLinux() && Statx(CurrentDirectory, whole, 0, TypeField, out Status status) == 0
            && (status.Mode & TypeMask) is not (RegularType or DirectoryType);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint fields, out Status status);

    /// <summary><c>struct statx</c>, which is the same on every architecture; the mode is all that is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
