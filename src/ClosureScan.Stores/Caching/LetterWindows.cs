using System.Buffers;
using System.Runtime.InteropServices;
using ClosureScan.Paths;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Stores.Caching;

/// <summary>
/// Every 32 letters of base 32 in a row that a stream has, by their hashes, so that later it can be said of any store path's hash that the stream
/// has it not. Mostly these are the store hashes, and here and there other digits; a stream of nothing else has too many, and then nothing can be said.
/// </summary>
internal sealed class LetterWindows
{
    /// <summary>128 KiB. A closure's largest package has some thousand.</summary>
    private const int Most = 16 * 1024;

    private const int Window = StorePathHash.Length;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("0123456789abcdfghijklmnpqrsvwxyz"u8);

    private readonly byte[] _joint = new byte[2 * (Window - 1)];
    private HashSet<ulong>? _windows = [];
    private int _tail;

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_windows is null)
        {
            return;
        }

        // Windows that began in the letters at the end of what came before; then those that begin here.
        int head = Math.Min(bytes.Length, Window - 1);
        bytes[..head].CopyTo(_joint.AsSpan(_tail));
        Span<byte> joint = _joint.AsSpan(0, _tail + head);
        Add(joint);
        Add(bytes);
        ReadOnlySpan<byte> end = bytes.Length < Window - 1 ? joint : bytes[^(Window - 1)..];
        end = end[Math.Max(0, end.Length - (Window - 1))..];
        end = end[(end.LastIndexOfAnyExcept(Letters) + 1)..];
        _tail = end.Length;
        end.CopyTo(_joint);
    }

    /// <summary>The hashes of the windows, sorted, 8 bytes each; null when there are too many.</summary>
    public byte[]? ToBytes()
    {
        if (_windows is null)
        {
            return null;
        }

        ulong[] sorted = [.. _windows];
        Array.Sort(sorted);
        return MemoryMarshal.AsBytes(sorted.AsSpan()).ToArray();
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; _windows is not null && start + Window <= bytes.Length;)
        {
            int other = bytes.Slice(start, Window).LastIndexOfAnyExcept(Letters);
            if (other >= 0)
            {
                start += other + 1;
                continue;
            }

            int letters = bytes[(start + Window)..].IndexOfAnyExcept(Letters);
            int last = letters < 0 ? bytes.Length - Window : start + letters;
            for (; start <= last; start++)
            {
                if (_windows.Add(WindowHash.OfWindow(ref MemoryMarshal.GetReference(bytes[start..]))) && _windows.Count > Most)
                {
                    _windows = null;
                    return;
                }
            }

            start += Window;
        }
    }
}
