using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>
/// Remembers the bytes and the line around hits while a long file passes, of which a stream keeps little: the first two
/// hits of every target, for a script may hold one in its shebang and one in its body, up to <see cref="MaxMemory"/>.
/// Short files are looked at when they have ended; for them nothing is remembered.
/// </summary>
internal sealed class PassingWindows
{
    /// <summary>Files up to this length are there whole at their end, whatever walk they come from.</summary>
    public const int LongestWholeFile = 256 * 1024;

    /// <summary>4 MiB: the windows of some 2,800 targets. Beyond it a piece of evidence from a stream goes without context.</summary>
    private const int MaxMemory = 4 * 1024 * 1024;

    private const int WindowsOfTarget = 2;
    private const int WindowLength = HitWindow.Before + HitWindow.After;

    // What passed last: enough for a window whose hit began in the chunk before and was told when its name had ended.
    private readonly byte[] _recent = new byte[HitWindow.Before + StorePathHash.Length + 1 + StorePath.MaxNameLength];
    private readonly List<PassingWindow?> _windowsOfSlot = [];
    private readonly List<int> _open = [];
    private byte[] _memory = [];
    private int _used;
    private int _recentLength;
    private long _position;
    private long _lineStart;
    private int _line;
    private bool _remembers;
    private bool _isText;

    /// <summary>Begins a file.</summary>
    public void Begin(long length)
    {
        _remembers = length > LongestWholeFile;
        _windowsOfSlot.Clear();
        _open.Clear();
        _used = 0;
        _recentLength = 0;
        _position = 0;
        _lineStart = 0;
        _line = 1;
    }

    /// <summary>Takes the next bytes of the file.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="hits">The hits that end in them, in order.</param>
    public void Take(ReadOnlySpan<byte> data, ReadOnlySpan<FileHit> hits)
    {
        if (!_remembers)
        {
            return;
        }

        if (_position == 0)
        {
            _isText = TextFile.IsText(data[..Math.Min(data.Length, TextFile.HeadLength)]);
        }

        Continue(data);
        int counted = 0;
        foreach (FileHit hit in hits)
        {
            while (_windowsOfSlot.Count < WindowsOfTarget * (hit.Slot + 1))
            {
                _windowsOfSlot.Add(null);
            }

            int index = WindowsOfTarget * hit.Slot;
            index += _windowsOfSlot[index] is null ? 0 : 1;
            if (_windowsOfSlot[index] is null && _used + WindowLength <= MaxMemory)
            {
                // The hash itself has no line feeds: one that began before this chunk is on the line of its end.
                int end = (int)Math.Max(0, hit.Offset - _position);
                CountLines(data[counted..end], _position + counted);
                counted = end;
                Open(data, hit.Offset, index);
            }
        }

        CountLines(data[counted..], _position + counted);
        _position += data.Length;
        KeepRecent(data);
    }

    /// <summary>What is remembered of the hit of <paramref name="slot"/> at <paramref name="offset"/>. False when nothing is.</summary>
    public bool TryFind(int slot, long offset, out PassingWindow window)
    {
        for (int index = WindowsOfTarget * slot; index < Math.Min(WindowsOfTarget * (slot + 1), _windowsOfSlot.Count); index++)
        {
            if (_windowsOfSlot[index] is { } found && found.Offset == offset)
            {
                window = found;
                return true;
            }
        }

        window = default;
        return false;
    }

    /// <summary>The bytes of a window. Valid until the next file begins.</summary>
    public HitWindow WindowOf(in PassingWindow window, int anchorLength = StorePathHash.Length) =>
        new(_memory.AsSpan(window.Start, window.Length), window.Before, anchorLength);

    private void Open(ReadOnlySpan<byte> data, long offset, int index)
    {
        if (_memory.Length < _used + WindowLength)
        {
            Array.Resize(ref _memory, Math.Max(2 * _memory.Length, 64 * WindowLength));
        }

        // The window begins in what passed before, in this chunk, or in both.
        long start = Math.Max(0, offset - HitWindow.Before);
        Span<byte> window = _memory.AsSpan(_used, WindowLength);
        int length = 0;
        if (start < _position)
        {
            ReadOnlySpan<byte> before = _recent.AsSpan(0, _recentLength)[^(int)Math.Min(_recentLength, _position - start)..];
            before.CopyTo(window);
            length = before.Length;
            start = _position - length;
        }

        _windowsOfSlot[index] = new PassingWindow(offset, TextPosition.At(_line, _lineStart, offset), _used, (int)(offset - start), length);
        _used += WindowLength;
        Extend(index, data[(int)Math.Max(0, start + length - _position)..]);
    }

    private void Continue(ReadOnlySpan<byte> data)
    {
        int stillOpen = 0;
        for (int i = 0; i < _open.Count; i++)
        {
            int index = _open[i];
            if (!Fill(index, data))
            {
                _open[stillOpen++] = index;
            }
        }

        _open.RemoveRange(stillOpen, _open.Count - stillOpen);
    }

    private void Extend(int index, ReadOnlySpan<byte> data)
    {
        if (!Fill(index, data))
        {
            _open.Add(index);
        }
    }

    // Adds bytes to a window. True when it is full.
    private bool Fill(int index, ReadOnlySpan<byte> data)
    {
        PassingWindow window = _windowsOfSlot[index]!.Value;
        int wanted = window.Before + HitWindow.After - window.Length;
        ReadOnlySpan<byte> taken = data[..Math.Min(data.Length, wanted)];
        taken.CopyTo(_memory.AsSpan(window.Start + window.Length));
        _windowsOfSlot[index] = window with { Length = window.Length + taken.Length };
        return taken.Length == wanted;
    }

    private void CountLines(ReadOnlySpan<byte> bytes, long start)
    {
        int last = _isText ? bytes.LastIndexOf((byte)'\n') : -1;
        if (last >= 0)
        {
            _line += bytes[..(last + 1)].Count((byte)'\n');
            _lineStart = start + last + 1;
        }
    }

    private void KeepRecent(ReadOnlySpan<byte> data)
    {
        if (data.Length >= _recent.Length)
        {
            data[^_recent.Length..].CopyTo(_recent);
            _recentLength = _recent.Length;
            return;
        }

        int kept = Math.Min(_recentLength, _recent.Length - data.Length);
        _recent.AsSpan(_recentLength - kept, kept).CopyTo(_recent);
        data.CopyTo(_recent.AsSpan(kept));
        _recentLength = kept + data.Length;
    }
}
