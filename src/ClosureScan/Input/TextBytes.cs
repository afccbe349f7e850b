namespace ClosureScan.Input;

/// <summary>The bytes of a text up to a bound; a zero byte or more of them is an error. Owns its source.</summary>
internal sealed class TextBytes(Stream source, long maxLength) : ForwardStream
{
    private long _position;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
