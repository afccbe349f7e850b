using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>
/// A buffered source whose reads give less than was asked for only at the end: SharpCompress takes a short read for the end,
/// and reads byte by byte. Does not own its source, which decoders close as soon as they have seen its end.
/// </summary>
internal sealed class WholeReads(Stream source) : ForwardStream
{
    private const int Kept = 32;

    // A decoder may look for another member or ask twice whether it is at the end. One that takes the end for a byte asks for ever.
    private const int MaxBeyondEnd = 64;

    private readonly byte[] _buffer = new byte[(64 * 1024) + Kept];
    private int _start = Kept;
    private int _end = Kept;
    private long _taken;
    private int _beyondEnd;

    /// <summary>How many bytes were taken; SharpCompress finds the padding of xz by it.</summary>
    public override long Position
    {
        get => _taken;
        set => throw new NotSupportedException();
    }

    /// <summary>The bytes that were taken last, at most 32; zeros where there were fewer.</summary>
    public ReadOnlySpan<byte> Last(int count) => _buffer.AsSpan(_start - count, count);

    /// <summary>Whether there is another byte. Blocks until that is known.</summary>
    public bool HasMore()
    {
        if (_start == _end)
        {
            // What was taken last stays in front of what comes: see Last.
            _buffer.AsSpan(Math.Max(_end - Kept, 0), Math.Min(_end, Kept)).CopyTo(_buffer.AsSpan(Math.Max(Kept - _end, 0)));
            _start = Kept;
            _end = Kept + source.Read(_buffer.AsSpan(Kept));
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
        if (total == 0 && !buffer.IsEmpty)
        {
            TellEnd();
        }

        return total;
    }

    public override int ReadByte()
    {
        if (!HasMore())
        {
            TellEnd();
            return -1;
        }

        _taken++;
        return _buffer[_start++];
    }

    private void TellEnd()
    {
        if (_beyondEnd++ >= MaxBeyondEnd)
        {
            throw new EndOfStreamException("the compressed data are cut off: they go on behind their end");
        }
    }
}
