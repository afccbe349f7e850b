using ClosureScan.Testing;

namespace ClosureScan.Tests.Walking;

/// <summary>The NAR of one file too large to have: its contents are whatever already lies in the reader's buffer.</summary>
internal sealed class HugeFileNar(long length) : Stream
{
    private readonly byte[] _begin = [.. NarBuilder.OfFile([])[..88], .. BitConverter.GetBytes(length)];
    private readonly byte[] _end = [.. new byte[-length & 7], .. NarBuilder.OfFile([])[96..]];
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => SizeOf(length);

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public static long SizeOf(long length) => 96 + length + (-length & 7) + 16;

    public override int Read(Span<byte> buffer)
    {
        long contentsEnd = _begin.Length + length;
        int count = _position < _begin.Length ? Give(_begin.AsSpan((int)_position), buffer)
            : _position < contentsEnd ? (int)Math.Min(buffer.Length, contentsEnd - _position)
            : Give(_end.AsSpan((int)(_position - contentsEnd)), buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Give(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }
}
