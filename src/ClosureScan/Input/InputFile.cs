using System.Text;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Input;

/// <summary>
/// Opens files that somebody else wrote. What a store or a repository holds must be a file: a pipe that nobody fills would be waited
/// for without end, and a device never ends. What a call names may be a pipe, such as the shell's <c>&lt;(command)</c>.
/// </summary>
internal static class InputFile
{
    /// <summary>Whether <paramref name="path"/>, or what it links to, is a pipe, a device or a socket. Always false where the system does not tell.</summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return false;
        }

        byte[] name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + "\0");
        return Libc.Statx(Libc.AtFdCwd, ref name[0], flags: 0, Libc.StatxTypeModeSize, out Libc.FileStatus status) == 0
            && status.Kind == DiskNodeKind.Special;
    }

    /// <summary>Opens what must be a file, for reading by blocks.</summary>
    /// <exception cref="IOException">It cannot be opened, or is no file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static FileStream Open(string path)
    {
        ThrowIfSpecial(path);
        return OpenAny(path);
    }

    /// <summary>
    /// The text of a file, as bytes. It ends with an exception at the first zero byte, which no text has, and behind
    /// <paramref name="maxLength"/> bytes: neither <c>/dev/zero</c> nor <c>yes</c> fills the memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The most bytes.</param>
    /// <param name="mayBeSpecial">Whether a call names it, so that it may be a pipe.</param>
    /// <exception cref="IOException">It cannot be opened, or is no file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static Stream OpenText(string path, long maxLength, bool mayBeSpecial = false)
    {
        if (!mayBeSpecial)
        {
            ThrowIfSpecial(path);
        }

        return new TextBytes(OpenAny(path), maxLength);
    }

    /// <summary>All bytes of what <see cref="OpenText"/> opens.</summary>
    /// <exception cref="IOException">As there; and it is no text, or too long.</exception>
    /// <exception cref="UnauthorizedAccessException">As there.</exception>
    public static byte[] ReadText(string path, long maxLength, bool mayBeSpecial = false)
    {
        using Stream text = OpenText(path, maxLength, mayBeSpecial);
        using MemoryStream bytes = new();
        text.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static FileStream OpenAny(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private static void ThrowIfSpecial(string path)
    {
        if (IsSpecial(path))
        {
            throw new IOException($"'{path}' is a pipe, a device or a socket, and a file is expected there.");
        }
    }
}
