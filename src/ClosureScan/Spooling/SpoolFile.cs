using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Spooling;

/// <summary>
/// Bytes that have no room in memory, appended to a temporary file that has no name any more: it goes with the last object that refers to it,
/// and with the process at the latest. One thread appends; any number may read what was appended before.
/// </summary>
internal sealed class SpoolFile
{
    private const long MaxWritten = 16L * 1024 * 1024 * 1024;

    private readonly SafeFileHandle _handle;
    private long _written;

    /// <summary>Makes an empty file in the directory for temporary files (<c>TMPDIR</c>).</summary>
    /// <exception cref="IOException">There is no room for it, or no right to make it.</exception>
    public SpoolFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"closurescan-{Path.GetRandomFileName()}");
        bool canUnlink = !OperatingSystem.IsWindows();
        _handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, canUnlink ? FileOptions.None : FileOptions.DeleteOnClose);
        if (canUnlink)
        {
            File.Delete(path);
        }
    }

    /// <summary>How many bytes were appended.</summary>
    public long Length { get; private set; }

    /// <summary>Appends bytes and returns where they begin. Zeros alone take no room: what is unpacked from an image of a disk is mostly that.</summary>
    /// <exception cref="IOException">The disk is full, or the file would get more than 16 GiB.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long start = Length;
        if (bytes.ContainsAnyExcept((byte)0))
        {
            _written = _written + bytes.Length <= MaxWritten
                ? _written + bytes.Length
                : throw new IOException("A temporary file would get more than 16 GiB.");
            RandomAccess.Write(_handle, bytes, start);
        }

        Length += bytes.Length;
        return start;
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on, as far as there are bytes.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length && RandomAccess.Read(_handle, destination[total..], offset + total) is > 0 and int count)
        {
            total += count;
        }

        // Behind the last byte that was written are zeros.
        int zeros = (int)Math.Clamp(Length - offset - total, 0, destination.Length - total);
        destination.Slice(total, zeros).Clear();
        return total + zeros;
    }

    /// <summary>Frees the file; for who knows that nobody reads it any more.</summary>
    public void Close() => _handle.Dispose();
}
