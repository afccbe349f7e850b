namespace ClosureScan.Scanning;

/// <summary>
/// Cuts a stream that comes in pieces of any size into windows that overlap, so that a search needs no memory of its own and sees around everything it finds
/// the same bytes whatever the pieces were. A large piece is searched where it lies; what is copied are some kilobytes at each seam. A stream
/// in one piece is one window and is copied nowhere.
/// </summary>
internal sealed class RollingWindow
{
    /// <summary>How many bytes before a find evidence looks at: twice what a line and a store directory take, for text of two bytes a character.</summary>
    public const int Before = 512;

    /// <summary>How many bytes from the beginning of a find on: twice a hash, the longest name and a path below it.</summary>
    public const int After = 1024;

    /// <summary>How much of a stream the first window of evidence has at least.</summary>
    public const int Head = 4 * 1024;

    private readonly int _before;
    private readonly int _after;
    private readonly bool _isPrompt;

    // How much of a piece is copied behind what came before it.
    private readonly int _lead;

    // The end of the stream so far: first what was searched and is kept to look back at, then what is still to be searched.
    private readonly byte[] _joint;
    private int _length;
    private int _open;
    private long _offset;

    /// <summary>Makes a window as evidence needs it. Small pieces are gathered.</summary>
    public RollingWindow()
        : this(Before, After, Head)
    {
    }

    /// <summary>Makes a window for a search that looks less far; with no head, each piece is searched when it comes, as far as it can be.</summary>
    /// <param name="before">How many bytes before a find are there to look at.</param>
    /// <param name="after">How many bytes from its beginning on, one more at most.</param>
    /// <param name="head">How much of a stream its first window has at least.</param>
    public RollingWindow(int before, int after, int head = 0)
    {
        (_before, _after, _isPrompt) = (before, after, head == 0);
        _lead = Math.Max(head, before + after);
        _joint = new byte[4 * _lead];
    }

    /// <summary>Begins a stream.</summary>
    public void Begin()
    {
        _length = 0;
        _open = 0;
        _offset = 0;
    }

    /// <summary>Takes a stream that is all in <paramref name="bytes"/>.</summary>
    public static void TakeWhole<TSearch>(ReadOnlySpan<byte> bytes, ref TSearch search)
        where TSearch : IWindowSearch, allows ref struct =>
        search.Search(new StreamWindow { Bytes = bytes, Offset = 0, Start = 0, End = bytes.Length });

    /// <summary>Takes the next bytes.</summary>
    public void Take<TSearch>(ReadOnlySpan<byte> bytes, ref TSearch search)
        where TSearch : IWindowSearch, allows ref struct
    {
        while (bytes.Length > 0)
        {
            if (_length == 0 && _offset == 0 && bytes.Length >= _joint.Length)
            {
                SearchPiece(bytes, start: 0, ref search);
                return;
            }

            int room = _joint.Length - _length;
            if (bytes.Length >= _joint.Length)
            {
                // What begins before the piece, or so near its beginning that one must look back, is found in the joint.
                int joined = Math.Min(room, _lead);
                bytes[..joined].CopyTo(_joint.AsSpan(_length));
                int end = _length + _before;
                if (_length + joined >= end + _after)
                {
                    _length += joined;
                    SearchJoint(end, ref search);
                    SearchPiece(bytes, start: _before, ref search);
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

            if (_length == _joint.Length)
            {
                SearchJoint(_length - _after, ref search);
                Keep(_joint);
            }
        }

        if (_isPrompt)
        {
            SearchJoint(_length - _after, ref search);
        }
    }

    /// <summary>The stream has ended: what was held back is searched.</summary>
    public void End<TSearch>(ref TSearch search)
        where TSearch : IWindowSearch, allows ref struct
    {
        SearchJoint(_length, ref search);
        Begin();
    }

    private void SearchJoint<TSearch>(int end, ref TSearch search)
        where TSearch : IWindowSearch, allows ref struct
    {
        if (end > _open)
        {
            search.Search(new StreamWindow { Bytes = _joint.AsSpan(0, _length), Offset = _offset, Start = _open, End = end });
            _open = end;
        }
    }

    private void SearchPiece<TSearch>(ReadOnlySpan<byte> piece, int start, ref TSearch search)
        where TSearch : IWindowSearch, allows ref struct
    {
        // The joint ends with the beginning of the piece.
        long offset = _length == 0 ? 0 : _offset + _open - start;
        int end = piece.Length - _after;
        search.Search(new StreamWindow { Bytes = piece, Offset = offset, Start = start, End = end });
        _offset = offset;
        _open = end;
        _length = piece.Length;
        Keep(piece);
    }

    // Keeps what the next window needs to look back at, and what is still to be searched.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int first = Math.Max(0, _open - _before);
        ReadOnlySpan<byte> kept = bytes[first.._length];
        kept.CopyTo(_joint);
        _offset += first;
        _open -= first;
        _length = kept.Length;
    }
}
