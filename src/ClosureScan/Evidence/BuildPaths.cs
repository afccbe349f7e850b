using System.Buffers;

namespace ClosureScan.Evidence;

/// <summary>
/// Finds names of directories that existed while Nix built: <c>/build/source</c> and <c>/build/NAME-1.2</c> below the sandbox's build
/// directory, and <c>/tmp/nix-build-…</c> outside a sandbox. Any other <c>/build/…</c> may be the address of a page.
/// </summary>
internal sealed class BuildPaths(ScanOptions options)
{
    private const int MaxName = 64;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._"u8);

    // What a longer path, an address or a variable has before its next slash.
    private static readonly SearchValues<byte> PathBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._/@~%$)}]*?#&"u8);

    // What is not decided yet, and before it the two bytes that tell whether a path begins there; then the next chunk.
    private byte[] _joint = new byte[256];
    private int _carried;
    private long _position;

    private static ReadOnlySpan<byte> Sandbox => "/build/"u8;

    private static ReadOnlySpan<byte> Temporary => "/tmp/nix-build-"u8;

    /// <summary>The hits, all of one target: a path's text says which directory it is.</summary>
    public HitLedger Ledger { get; } = new(1, options, anchorLength: 0);

    /// <summary>Begins a file, or another text.</summary>
    public void Begin()
    {
        _joint.AsSpan(0, 2).Clear();
        _carried = 2;
        _position = 0;
    }

    /// <summary>Searches the next bytes. A path is told once the end of its first name has been seen.</summary>
    public void Take(ReadOnlySpan<byte> chunk)
    {
        int length = _carried + chunk.Length;
        if (_joint.Length < length)
        {
            Array.Resize(ref _joint, Math.Max(length, 2 * _joint.Length));
        }

        chunk.CopyTo(_joint.AsSpan(_carried));
        int undecided = Search(_joint.AsSpan(0, length), _position - _carried, isEnd: false);
        _position += chunk.Length;
        _carried = length - undecided + 2;
        _joint.AsSpan(undecided - 2, _carried).CopyTo(_joint);
    }

    /// <summary>Searches the last bytes.</summary>
    public void Complete() => Search(_joint.AsSpan(0, _carried), _position - _carried, isEnd: true);

    // Returns where the bytes begin that more bytes have to decide, at least 2.
    private int Search(ReadOnlySpan<byte> bytes, long offset, bool isEnd)
    {
        for (int word = 2; word < bytes.Length && bytes[word..].IndexOf("build"u8) is >= 0 and int next; word++)
        {
            word += next;
            int start = word - 1;
            bool isSandbox = IsAt(bytes, start, Sandbox);
            if (!isSandbox)
            {
                start = word - (Temporary.Length - "build-"u8.Length);
                if (!IsAt(bytes, start, Temporary))
                {
                    continue;
                }
            }

            ReadOnlySpan<byte> rest = bytes[(start + (isSandbox ? Sandbox : Temporary).Length)..];
            int end = rest.IndexOfAnyExcept(NameBytes);
            if (end < 0 && rest.Length < MaxName && !isEnd)
            {
                return start;
            }

            ReadOnlySpan<byte> name = rest[..(end < 0 ? rest.Length : end)];
            bool isDirectory = end >= 0 && rest[end] == '/';
            if (!isSandbox || name.SequenceEqual("source"u8) || (isDirectory && HasVersion(name)))
            {
                Ledger.Sink.OnReference(0, offset + start);
            }
        }

        int partial = Math.Max(2, bytes.Length - Temporary.Length + 1);
        while (partial < bytes.Length && !Sandbox.StartsWith(bytes[partial..]) && !Temporary.StartsWith(bytes[partial..]))
        {
            partial++;
        }

        return partial;
    }

    private static bool IsAt(ReadOnlySpan<byte> bytes, int start, ReadOnlySpan<byte> prefix) =>
        start >= 2
        && bytes[start..].StartsWith(prefix)
        && (!PathBytes.Contains(bytes[start - 1]) || (bytes[start - 2] == '-' && bytes[start - 1] is (byte)'I' or (byte)'L'));

    private static bool HasVersion(ReadOnlySpan<byte> name)
    {
        for (int dash = 1; dash + 1 < name.Length; dash++)
        {
            if (name[dash] == '-' && name[dash + 1] is >= (byte)'0' and <= (byte)'9')
            {
                return true;
            }
        }

        return false;
    }
}
