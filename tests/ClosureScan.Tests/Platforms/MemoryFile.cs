using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>A file in memory of which a view shows the first bytes alone; the rest is read, and only up to a limit.</summary>
internal sealed class MemoryFile(byte[] bytes, int head = 4_096, long kept = long.MaxValue) : IFileBytes
{
    public FileView View => new(bytes.AsSpan(0, Math.Min(head, bytes.Length)), bytes.Length, this);

    public int Read(long offset, Span<byte> destination)
    {
        long end = Math.Min(bytes.Length, kept);
        int count = (int)Math.Clamp(end - offset, 0, destination.Length);
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(destination);
        return count;
    }
}
