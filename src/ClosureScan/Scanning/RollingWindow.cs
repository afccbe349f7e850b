namespace ClosureScan.Scanning;

/// <summary>
/// Cuts a stream that comes in pieces of any size into windows that overlap, so that a search needs no memory of its own and sees around everything it finds
/// the same bytes whatever the pieces were. A large piece is searched where it lies; what is copied are some kilobytes at each seam. A stream
/// in one piece is one window and is copied nowhere.
/// </summary>
internal sealed class RollingWindow(IWindowSearch search)
{
    /// <summary>How many bytes before a find are there to look at: twice what a line and a store directory take, for text of two bytes a character.</summary>
    public const int Before = 512;

    /// <summary>How many bytes from the beginning of a find on: twice a hash, the longest name and a path below it.</summary>
    public const int After = 1024;

    /// <summary>How much of a stream its first window has at least.</summary>
    public const int Head = 4 * 1024;

    private const int Capacity = 4 * Head;

    // The end of the stream so far: first what was searched and is kept to look back at, then what is still to be searched.
    private readonly byte[] _joint = new byte[Capacity];
    private int _length;
    private int _open;
    private long _offset;

    /// <summary>Begins a stream.</summary>
    public void Begin()
    {
        _length = 0;
        _open = 0;
        _offset = 0;
    }

    /// <summary>Takes a stream that is all in <paramref name="bytes"/>.</summary>
    public void TakeWhole(ReadOnlySpan<byte> bytes) =>
        search.Search(new StreamWindow { Bytes = bytes, Offset = 0, Start = 0, End = bytes.Length });

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_length == 0 && _offset == 0 && bytes.Length >= Capacity)
            {
                SearchPiece(bytes, start: 0);
                return;
            }

            int room = Capacity - _length;
            if (bytes.Length >= Capacity)
            {
                // What begins before the piece, or so near its beginning that one must look back, is found in the joint.
                int joined = Math.Min(room, Head);
                bytes[..joined].CopyTo(_joint.AsSpan(_length));
                int end = _length + Before;
                if (_length + joined >= end + After)
                {
                    _length += joined;
                    SearchJoint(end);
                    SearchPiece(bytes, start: Before);
                    return;
                }

                _length += joined;
                bytes = bytes[joined..];
            }
            else
            {
                int joined = Math.Min(room, bytes.Length);
                bytes[..joined].CopyTo(_joint.AsSpan(_length));
                _length += joined;
                bytes = bytes[joined..];
            }

            if (_length == Capacity)
            {
                SearchJoint(_length - After);
                Keep(_joint);
            }
        }
    }

    /// <summary>The stream has ended: what was held back is searched.</summary>
    public void End()
    {
        SearchJoint(_length);
        Begin();
    }

    private void SearchJoint(int end)
    {
        if (end > _open)
        {
            search.Search(new StreamWindow { Bytes = _joint.AsSpan(0, _length), Offset = _offset, Start = _open, End = end });
            _open = end;
        }
    }

    private void SearchPiece(ReadOnlySpan<byte> piece, int start)
    {
        // The joint ends with the beginning of the piece.
        long offset = _length == 0 ? 0 : _offset + _open - start;
        int end = piece.Length - After;
        search.Search(new StreamWindow { Bytes = piece, Offset = offset, Start = start, End = end });
        _offset = offset;
        _open = end;
        _length = piece.Length;
        Keep(piece);
    }

    // Keeps what the next window needs to look back at, and what is still to be searched.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int first = Math.Max(0, _open - Before);
        ReadOnlySpan<byte> kept = bytes[first.._length];
        kept.CopyTo(_joint);
        _offset += first;
        _open -= first;
        _length = kept.Length;
    }
}
