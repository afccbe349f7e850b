using System.Buffers;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Walking;

/// <summary>Reads the open file of a disk from its beginning to its end, and notices when its length is no longer what it was.</summary>
internal sealed class FileChunks(DiskReader disk) : IDisposable
{
    private const int Size = 1024 * 1024;
    private const string Changed = "It changed while it was read";

    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(Size);
    private long _length;
    private long _taken;
    private bool _hasEnded;

    /// <summary>Begins the file that was opened last.</summary>
    public void Begin(long length)
    {
        disk.ForgetWindow();
        _length = length;
        _taken = 0;
        _hasEnded = false;
    }

    /// <summary>
    /// Reads on, and gives the bytes; none at the end. One byte more is asked for than the file has left, so that the same call tells
    /// whether it still has its length. Valid until the next call.
    /// </summary>
    /// <param name="problem">What went wrong; null when nothing did.</param>
    public ReadOnlyMemory<byte> Read(out string? problem)
    {
        problem = null;
        if (_hasEnded)
        {
            return default;
        }

        long left = _length - _taken;
        int room = (int)Math.Min(Size, left + 1);
        problem = disk.ReadFile(_taken, _chunk.AsSpan(0, room), out int count);
        int kept = (int)Math.Min(count, left);
        bool isLast = room > left;
        problem ??= count == (isLast ? left : room) ? null : Changed;
        _hasEnded = isLast || problem is not null;
        _taken += kept;
        return _chunk.AsMemory(0, kept);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_chunk);
}
