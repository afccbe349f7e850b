using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Walking;

/// <summary>Forgets what is written to it and keeps its SHA-256, which another thread computes.</summary>
internal sealed class HashingStream : Stream
{
    private readonly BackgroundHash _hash = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The hash of all that was written. Begins anew.</summary>
    public NarHash Finish() => _hash.Finish();

    public override void Write(ReadOnlySpan<byte> buffer) => _hash.Append(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
