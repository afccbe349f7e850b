using System.Buffers;

namespace ClosureScan.Walking;

/// <summary>
/// Hands a file of a stream to a visitor and keeps what the visitor may look back at.
/// <list type="bullet">
/// <item>In the stream's buffer in one piece: given whole, from there.</item>
/// <item>Up to 256 KiB: joined and given whole.</item>
/// <item>Longer and of a format with headers to come back to (<see cref="FormatsWithHeaders"/>): all is kept up to 16 MiB,
/// above that the first and the last 8 MiB, where ELF, archive and zip headers and string tables lie: a compiler of 25 MiB
/// has its loader strings in the second of them.</item>
/// <item>Anything else, text above all: the first 4 KiB.</item>
/// </list>
/// The buffers serve one file after the other, so a walk allocates for its largest files only.
/// </summary>
internal sealed class StreamedFile : IFileBytes, IDisposable
{
    /// <summary>Files up to this length are given whole, whatever walk they come from.</summary>
    public const int LongestWhole = 256 * 1024;
    private const int LongestKept = 16 * 1024 * 1024;
    private const int KeptAtEitherEnd = LongestKept / 2;
    private const int KeptOfAnything = 4 * 1024;

    private byte[] _head = ArrayPool<byte>.Shared.Rent(LongestWhole);
    private byte[] _tail = [];
    private int _headLength;
    private long _tailStart;
    private long _position;
    private long _length;
    private bool _isChosen;
    private ReadOnlySequence<byte> _whole;

    /// <summary>Whether all bytes of the file have been taken.</summary>
    public bool IsComplete => _position == _length;

    /// <summary>Begins a file.</summary>
    public void Begin(long length)
    {
        _length = length;
        _position = 0;
        _isChosen = length <= LongestWhole;
        _headLength = (int)Math.Min(length, _isChosen ? LongestWhole : KeptOfAnything);
        _tailStart = length;
        _whole = default;
    }

    /// <summary>Takes the next bytes and hands them on, unless the file will be handed on whole.</summary>
    public void Take(ReadOnlySequence<byte> contents, IContentVisitor visitor)
    {
        if (_position == 0 && contents.Length == _length && contents.IsSingleSegment)
        {
            _whole = contents;
            _position = _length;
            return;
        }

        foreach (ReadOnlyMemory<byte> segment in contents)
        {
            ReadOnlySpan<byte> data = segment.Span;
            if (!_isChosen)
            {
                Choose(data);
            }

            Keep(data);
            _position += data.Length;
            if (_length > LongestWhole && !data.IsEmpty)
            {
                visitor.FileData(data);
            }
        }
    }

    /// <summary>Tells the end of the file, and before it its bytes when it comes whole.</summary>
    public void End(IContentVisitor visitor)
    {
        if (_length > LongestWhole && _whole.IsEmpty)
        {
            visitor.EndFile(new FileView(_head.AsSpan(0, _headLength), _length, this));
            return;
        }

        ReadOnlySpan<byte> whole = _whole.IsEmpty ? _head.AsSpan(0, _headLength) : _whole.FirstSpan;
        if (!whole.IsEmpty)
        {
            visitor.FileData(whole);
        }

        visitor.EndFile(new FileView(whole));
        _whole = default;
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        int count = 0;
        if (offset < _headLength)
        {
            count = CopyFrom(_head.AsSpan((int)offset, _headLength - (int)offset), destination);
            offset += count;
        }

        if (count < destination.Length && offset >= _tailStart && offset < _length)
        {
            int start = (int)(offset - _tailStart);
            count += CopyFrom(_tail.AsSpan(start, (int)(_length - offset)), destination[count..]);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_head);
        if (_tail.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_tail);
        }

        _head = _tail = [];
    }

    // Decides how much of a long file is kept, as soon as its first bytes are there.
    private void Choose(ReadOnlySpan<byte> data)
    {
        Span<byte> magic = stackalloc byte[FormatsWithHeaders.MagicLength];
        int known = (int)Math.Min(_position, magic.Length);
        _head.AsSpan(0, known).CopyTo(magic);
        known += CopyFrom(data, magic[known..]);
        if (known < magic.Length)
        {
            return;
        }

        _isChosen = true;
        if (!FormatsWithHeaders.Match(magic))
        {
            return;
        }

        _headLength = _length <= LongestKept ? (int)_length : KeptAtEitherEnd;
        if (_headLength < _length)
        {
            _tailStart = _length - KeptAtEitherEnd;
            _tail = _tail.Length > 0 ? _tail : ArrayPool<byte>.Shared.Rent(KeptAtEitherEnd);
        }

        if (_head.Length < _headLength)
        {
            byte[] grown = ArrayPool<byte>.Shared.Rent(_headLength);
            _head.AsSpan(0, (int)_position).CopyTo(grown);
            ArrayPool<byte>.Shared.Return(_head);
            _head = grown;
        }
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        if (_position < _headLength)
        {
            CopyFrom(data, _head.AsSpan((int)_position, _headLength - (int)_position));
        }

        long end = _position + data.Length;
        if (end > _tailStart)
        {
            int skipped = (int)Math.Max(0, _tailStart - _position);
            data[skipped..].CopyTo(_tail.AsSpan((int)(_position + skipped - _tailStart)));
        }
    }

    private static int CopyFrom(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        source[..count].CopyTo(destination);
        return count;
    }
}
