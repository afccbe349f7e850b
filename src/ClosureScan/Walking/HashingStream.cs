using System.Security.Cryptography;
using ClosureScan.Paths;

namespace ClosureScan.Walking;

/// <summary>
/// Forgets what is written to it and keeps its SHA-256. Short pieces are gathered, for a call into the system's cryptography
/// costs as much as hashing some hundred bytes.
/// </summary>
internal sealed class HashingStream : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _gathered = new byte[16 * 1024];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The hash of all that was written. Ends the stream.</summary>
    public NarHash Finish()
    {
        Flush();
        return new NarHash(_hash.GetHashAndReset());
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_count + buffer.Length > _gathered.Length)
        {
            Flush();
        }

        if (buffer.Length > _gathered.Length)
        {
            _hash.AppendData(buffer);
        }
        else
        {
            buffer.CopyTo(_gathered.AsSpan(_count));
            _count += buffer.Length;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        _hash.AppendData(_gathered.AsSpan(0, _count));
        _count = 0;
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
