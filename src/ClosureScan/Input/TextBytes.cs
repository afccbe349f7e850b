namespace ClosureScan.Input;

/// <summary>The bytes of a text up to a bound; a zero byte or more of them is an error. Owns its source.</summary>
internal sealed class TextBytes(Stream source, long maxLength) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Here is a zero byte, or the bound.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = source.Read(buffer);
        int zero = buffer[..count].IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new IOException($"Byte {_position + zero} is zero: this is no text.");
        }

        _position += count;
        return _position <= maxLength ? count : throw new IOException($"There are more than {maxLength} bytes, the most that are read here.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
