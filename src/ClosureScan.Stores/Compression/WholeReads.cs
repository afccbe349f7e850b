namespace ClosureScan.Stores.Compression;

/// <summary>
/// A buffered source whose reads give less than was asked for only at the end: SharpCompress takes a short read for the end,
/// and reads byte by byte. Does not own its source, which decoders close as soon as they have seen its end.
/// </summary>
internal sealed class WholeReads(Stream source) : DecoderStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _taken;

    /// <summary>How many bytes were taken; SharpCompress finds the padding of xz by it.</summary>
    public override long Position
    {
        get => _taken;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether there is another byte. Blocks until that is known.</summary>
    public bool HasMore()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = source.Read(_buffer);
        }

        return _start < _end;
    }

    public override int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && HasMore())
        {
            int count = Math.Min(buffer.Length - total, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer[total..]);
            _start += count;
            total += count;
        }

        _taken += total;

        return total;
    }

    public override int ReadByte()
    {
        if (!HasMore())
        {
            return -1;
        }

        _taken++;
        return _buffer[_start++];
    }
}
