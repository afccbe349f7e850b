using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>
/// A source and a seal behind it. Owns the source. The zeros at its end come one at a time, so that it is known of a decoder that stops at one of them that
/// only zeros are left.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="seal">What comes when the source has ended.</param>
internal sealed class SealedSource(Stream source, byte[] seal) : ForwardStream
{
    // A block without the zeros at its end; zeros that come before it; and those that came last, which nobody knows yet to be the source's last.
    private readonly byte[] _block = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _zerosBefore;
    private long _zerosBehind;
    private bool _isAtEnd;
    private bool _gaveZero;
    private int _sealed;

    /// <summary>Whether the source has no byte. Known when it has been read to its end.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether the last byte that was given is a zero of those at the end.</summary>
    public bool IsInPadding => _gaveZero && _sealed == 0;

    public override int Read(Span<byte> buffer)
    {
        while (_zerosBefore == 0 && _start == _end && !_isAtEnd)
        {
            Refill();
        }

        return !_isAtEnd ? GiveBlock(buffer) : _zerosBehind > 0 && !buffer.IsEmpty ? GiveZero(buffer) : GiveSeal(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refill()
    {
        int count = source.Read(_block);
        int end = _block.AsSpan(0, count).LastIndexOfAnyExcept((byte)0) + 1;
        _isAtEnd = count == 0;
        IsEmpty &= _isAtEnd;
        if (end > 0)
        {
            _zerosBefore = _zerosBehind;
            _zerosBehind = 0;
        }

        _zerosBehind += count - end;
        _start = 0;
        _end = end;
    }

    private int GiveBlock(Span<byte> buffer)
    {
        int zeros = (int)Math.Min(buffer.Length, _zerosBefore);
        buffer[..zeros].Clear();
        _zerosBefore -= zeros;
        int count = Math.Min(buffer.Length - zeros, _end - _start);
        _block.AsSpan(_start, count).CopyTo(buffer[zeros..]);
        _start += count;
        return zeros + count;
    }

    private int GiveZero(Span<byte> buffer)
    {
        buffer[0] = 0;
        _zerosBehind--;
        _gaveZero = true;
        return 1;
    }

    private int GiveSeal(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, seal.Length - _sealed);
        seal.AsSpan(_sealed, count).CopyTo(buffer);
        _sealed += count;
        return count;
    }
}
