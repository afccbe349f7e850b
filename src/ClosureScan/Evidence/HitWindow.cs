using System.Buffers;
using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>The bytes around one hit: what a person wants to see of it, and the path it begins.</summary>
internal readonly ref struct HitWindow
{
    /// <summary>How many bytes before a hash are looked at: more than a context has, so that a longer line is known for one.</summary>
    public const int Before = 256;

    /// <summary>How many bytes from a hash on are looked at: the hash, the longest name and a path below it.</summary>
    public const int After = StorePathHash.Length + 1 + StorePath.MaxNameLength + 256;

    private const int MaxContext = 200;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?="u8);

    // What a file name may hold but a list, a quotation, a pattern or a sentence puts behind a path.
    private static readonly SearchValues<byte> SubPathBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._/@%~^"u8);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _hit;
    private readonly int _nameEnd;
    private readonly int _subPathEnd;

    /// <summary>Makes a window.</summary>
    /// <param name="bytes">The bytes around the hit; more than a window of them is not looked at.</param>
    /// <param name="hit">Where in them what was found begins.</param>
    /// <param name="length">How long it is: 32 for a hash, 0 for the beginning of a path.</param>
    public HitWindow(ReadOnlySpan<byte> bytes, int hit, int length = StorePathHash.Length)
    {
        int first = Math.Max(0, hit - Before);
        bytes = bytes[first..Math.Min(bytes.Length, hit + After)];
        hit -= first;
        _bytes = bytes;
        _hit = hit;
        int position = Math.Min(hit + length, bytes.Length);
        if (position < bytes.Length && bytes[position] == '-')
        {
            int limit = Math.Min(bytes.Length, position + 1 + StorePath.MaxNameLength);
            int name = bytes[(position + 1)..limit].IndexOfAnyExcept(NameBytes);
            position = name < 0 ? limit : position + 1 + name;
        }

        _nameEnd = position;
        if (position < bytes.Length && bytes[position] == '/')
        {
            int below = bytes[position..].IndexOfAnyExcept(SubPathBytes);
            position = below < 0 ? bytes.Length : position + below;
            while (bytes[position - 1] is (byte)'.' or (byte)'/' && position > _nameEnd)
            {
                position--;
            }
        }

        _subPathEnd = position;
    }

    /// <summary>What follows the store path, with its slash; empty when nothing does. A full stop or slash at the end is not part of it.</summary>
    public ReadOnlySpan<byte> SubPath => _bytes[_nameEnd.._subPathEnd];

    /// <summary>The line of a text, or the printable run of a binary, that holds the hit, as far as it is in the window.</summary>
    /// <param name="isText">Which of the two.</param>
    /// <param name="hit">Where in it what was found begins.</param>
    public ReadOnlySpan<byte> Line(bool isText, out int hit)
    {
        (int start, int end) = LineAt(isText);
        hit = _hit - start;
        return _bytes[start..end];
    }

    /// <summary>The line, cut to about 200 bytes around the store path, which itself is never cut.</summary>
    public ReadOnlySpan<byte> Context(bool isText)
    {
        (int start, int end) = LineAt(isText);
        if (end - start > MaxContext)
        {
            int pathStart = Math.Max(start, PathStart());
            int pathEnd = Math.Min(_subPathEnd, Math.Max(_nameEnd, pathStart + MaxContext));
            int room = Math.Max(0, MaxContext - (pathEnd - pathStart));
            int after = Math.Min(end - pathEnd, room / 2);
            int before = Math.Min(pathStart - start, room - after);
            start = pathStart - before;
            end = Math.Min(end, pathEnd + room - before);
        }

        return _bytes[start..end].Trim(" \t\r"u8);
    }

    private (int Start, int End) LineAt(bool isText)
    {
        int start = _hit;
        while (start > 0 && !IsBoundary(_bytes[start - 1], isText))
        {
            start--;
        }

        int end = _subPathEnd;
        while (end < _bytes.Length && !IsBoundary(_bytes[end], isText))
        {
            end++;
        }

        return (start, end);
    }

    // Where the path begins whose last component starts at the hit: /nix/store, or any other directory of plain names.
    private int PathStart()
    {
        int start = _hit;
        while (start > 0 && _hit - start < 128 && (_bytes[start - 1] == '/' || NameBytes.Contains(_bytes[start - 1])) && _bytes[start - 1] != '=')
        {
            start--;
        }

        return start;
    }

    private static bool IsBoundary(byte value, bool isText) =>
        isText ? value is 0 or (byte)'\n' : value is < 0x20 or >= 0x7f;
}
