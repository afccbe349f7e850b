using ClosureScan.Archives;
using ClosureScan.Platforms.Archives;
using ClosureScan.Scanning;
using CommunityToolkit.HighPerformance.Buffers;

namespace ClosureScan.Evidence;

/// <summary>
/// The searches over one stream, composed: each window goes to every finder once, and what they find is looked at there and then, with the bytes around it
/// at hand: its line, how that uses the path, where it stands in a text.
/// </summary>
internal sealed class ContentSearch : IWindowSearch
{
    private readonly IFinder[] _finders;
    private readonly PlaceList _places = new();
    private readonly RollingWindow _window = new();
    private readonly WideText? _wide;
    private readonly StringPool _subPaths = new();
    private readonly byte[] _head = new byte[RollingWindow.Head];
    private byte[] _path = new byte[256];
    private int _pathLength;
    private int _headLength;
    private bool _isExecutable;
    private bool _isText;
    private Mechanism? _kind;
    private long _counted;
    private long _lineStart;
    private int _line;

    /// <summary>Makes a search.</summary>
    /// <param name="finders">What searches.</param>
    public ContentSearch(params IFinder[] finders) => _finders = finders;

    /// <summary>Who searches the text of two bytes a character in the stream; null when nobody does.</summary>
    public ContentSearch? Wide
    {
        get;
        init
        {
            field = value;
            _wide = value is null ? null : new WideText(value);
        }
    }

    /// <summary>Searches the bytes of a symlink's target or an entry's name.</summary>
    public void Text(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, Mechanism mechanism)
    {
        Begin(path, isExecutable: false, mechanism, isText: true);
        TakeWhole(text);
    }

    /// <summary>Begins a stream.</summary>
    /// <param name="path">What to call it: the path of its file inside the store path.</param>
    /// <param name="isExecutable">Whether that has an executable bit.</param>
    /// <param name="kind">What it is, when that is known; otherwise its beginning says.</param>
    /// <param name="isText">Whether it is text, when its kind is known.</param>
    public void Begin(ReadOnlySpan<byte> path, bool isExecutable, Mechanism? kind = null, bool isText = false)
    {
        if (_path.Length < path.Length)
        {
            _path = new byte[2 * path.Length];
        }

        path.CopyTo(_path);
        _pathLength = path.Length;
        _isExecutable = isExecutable;
        _isText = isText;
        _kind = kind;
        _headLength = 0;
        _counted = 0;
        _lineStart = 0;
        _line = 1;
        _window.Begin();
        Wide?.Begin(path, isExecutable, Mechanism.Data);
    }

    /// <summary>Takes all bytes of the stream at once; nothing is copied.</summary>
    public void TakeWhole(ReadOnlySpan<byte> bytes)
    {
        ContentSearch search = this;
        RollingWindow.TakeWhole(bytes, ref search);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        ContentSearch search = this;
        _window.Take(bytes, ref search);
    }

    /// <summary>The stream has ended.</summary>
    public void End()
    {
        ContentSearch search = this;
        _window.End(ref search);
    }

    /// <inheritdoc/>
    public void Search(in StreamWindow window)
    {
        bool isWhole = window.Offset == 0 && window.End == window.Bytes.Length;
        ReadOnlySpan<byte> head = Head(window, isWhole);
        _places.Clear();
        foreach (IFinder finder in _finders)
        {
            finder.Find(window, _places);
        }

        if (_places.Count > 0)
        {
            foreach (ref readonly FoundPlace place in _places.InOrder())
            {
                Resolve(window, head, place);
            }
        }

        _wide?.Search(window);
        if (_isText && !isWhole)
        {
            CountLines(window, window.End);
        }
    }

    private ReadOnlySpan<byte> Head(in StreamWindow window, bool isWhole)
    {
        if (window.Offset > 0 || window.Start > 0)
        {
            return _head.AsSpan(0, _headLength);
        }

        ReadOnlySpan<byte> head = window.Bytes[..Math.Min(window.Bytes.Length, RollingWindow.Head)];
        if (!isWhole)
        {
            _isText = _kind is null ? IsText(head) : _isText;
            head.CopyTo(_head);
            _headLength = head.Length;
        }

        return head;
    }

    private void Resolve(in StreamWindow window, ReadOnlySpan<byte> head, in FoundPlace place)
    {
        ReadOnlySpan<byte> path = _path.AsSpan(0, _pathLength);
        _isText = _kind is null ? IsText(head) : _isText;
        TextFile text = new(path, head);
        Mechanism kind = _kind ??= _isText ? TextKinds.Recognise(text) : Mechanism.Data;
        long offset = window.OffsetOf(place.Position);
        bool isFirstLine = text.IsScript && offset < text.FirstLine.Length && TextFile.IsText(text.FirstLine);
        HitWindow around = new(window.Bytes, place.Position, place.Length);
        ReadOnlySpan<byte> line = around.Line(_isText, out int hit);
        Usage usage = UsageClassifier.Classify(new UsageSite
        {
            File = path,
            Head = head,
            Kind = isFirstLine ? Mechanism.Shebang : kind,
            Executable = _isExecutable,
            Line = line,
            Hit = hit,
            SubPath = around.SubPath,
        });
        if (_isText)
        {
            CountLines(window, place.Position);
        }

        FileHit found = new()
        {
            Slot = 0,
            Offset = offset,
            Usage = usage,
            SubPath = around.SubPath.IsEmpty ? null : _subPaths.GetOrAdd(around.SubPath, System.Text.Encoding.ASCII),
            Position = TextPosition.At(_line, _lineStart, offset),
        };
        place.Hits.Add(place.Target, found, around.Context(_isText));
    }

    // What is an archive is no text, whatever its first member is.
    private static bool IsText(ReadOnlySpan<byte> head) => TextFile.IsText(head) && !ArchiveReader.HasMagic(head);

    private void CountLines(in StreamWindow window, int end)
    {
        int start = (int)Math.Max(0, _counted - window.Offset);
        if (end > start)
        {
            ReadOnlySpan<byte> bytes = window.Bytes[start..end];
            int last = bytes.LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                _line += bytes[..(last + 1)].Count((byte)'\n');
                _lineStart = window.Offset + start + last + 1;
            }

            _counted = window.Offset + end;
        }
    }
}
