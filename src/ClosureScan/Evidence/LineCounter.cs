using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>Tells line and column of offsets in one text, asked for in rising order, reading each byte once.</summary>
internal struct LineCounter(byte[] buffer)
{
    private long _position;
    private long _lineStart;
    private int _line = 1;
    private bool _lost;

    /// <summary>Where in the text <paramref name="offset"/> lies; null when a byte before it was not kept.</summary>
    public TextPosition? Locate(in FileView view, long offset)
    {
        while (!_lost && _position < offset)
        {
            int wanted = (int)Math.Min(buffer.Length, offset - _position);
            int count = view.Read(_position, buffer.AsSpan(0, wanted));
            Advance(buffer.AsSpan(0, count));
            _lost = count == 0;
        }

        return _lost ? null : TextPosition.At(_line, _lineStart, offset);
    }

    private void Advance(ReadOnlySpan<byte> bytes)
    {
        _line += bytes.Count((byte)'\n');
        int last = bytes.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _lineStart = _position + last + 1;
        }

        _position += bytes.Length;
    }
}
