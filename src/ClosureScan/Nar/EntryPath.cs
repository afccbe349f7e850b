namespace ClosureScan.Nar;

/// <summary>
/// The path of the entry at hand as bytes, and with it the stack of open directories: the last name of each of them is
/// what the next name in it must sort behind.
/// </summary>
internal sealed class EntryPath
{
    // For each open directory the length of its own path; index 0 is unused.
    private readonly int[] _directoryLengths = new int[NarLimits.MaxDepth + 1];
    private byte[] _bytes = new byte[512];
    private int _length;
    private int _nameStart;

    /// <summary>How many directories are open, which is the depth of the next node.</summary>
    public int Depth { get; private set; }

    /// <summary>The components joined by <c>/</c>; empty for the root. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The last component; empty for the root. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Name => _bytes.AsSpan(_nameStart, _length - _nameStart);

    /// <summary>The path of the open directory; empty when that is the root. Valid until the next change.</summary>
    public ReadOnlySpan<byte> DirectoryBytes => _bytes.AsSpan(0, _directoryLengths[Depth]);

    /// <summary>The entry at hand is a directory: names that follow lie in it.</summary>
    public void Enter() => _directoryLengths[++Depth] = _length;

    /// <summary>The directory entered last has ended, and is the entry at hand again.</summary>
    public void Leave()
    {
        _length = _directoryLengths[Depth--];
        _nameStart = Depth == 0 ? 0 : NameStart;
    }

    /// <summary>Moves to the next entry of the open directory. False, and no move, when its name does not sort behind the last.</summary>
    public bool TryMove(ReadOnlySpan<byte> name)
    {
        int start = NameStart;
        if (_length > _directoryLengths[Depth] && name.SequenceCompareTo(_bytes.AsSpan(start, _length - start)) <= 0)
        {
            return false;
        }

        if (start + name.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, start + name.Length));
        }

        if (start > 0)
        {
            _bytes[start - 1] = (byte)'/';
        }

        name.CopyTo(_bytes.AsSpan(start));
        _nameStart = start;
        _length = start + name.Length;
        return true;
    }

    // Where names of the open directory begin: behind its path and a slash, or at 0 in the root.
    private int NameStart => _directoryLengths[Depth] is > 0 and int length ? length + 1 : 0;
}
