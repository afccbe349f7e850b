using System.Runtime.InteropServices;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Stores.Caching;

/// <summary>The hashes that a scan looks for, as a cache compares them with what an earlier scan looked for. Immutable.</summary>
internal sealed class WantedHashes
{
    private readonly ReferenceSet _hashes;
    private readonly Dictionary<ulong, StorePathHash> _byWindow;

    public WantedHashes(ReferenceSet hashes)
    {
        _hashes = hashes;
        _byWindow = new(hashes.Count);
        byte[] letters = new byte[hashes.Count * StorePathHash.Length];
        for (int index = 0; index < hashes.Count; index++)
        {
            Span<byte> window = letters.AsSpan(index * StorePathHash.Length, StorePathHash.Length);
            hashes.Hashes[index].CopyTo(window);
            _byWindow[WindowHash.OfWindow(ref window[0])] = hashes.Hashes[index];
        }

        Digest = Sha256.Of(letters);
    }

    /// <summary>The SHA-256 of the sorted hashes: equal for equal sets alone.</summary>
    public byte[] Digest { get; }

    /// <summary>
    /// What a scan for other hashes would have said, looking for these; null when that cannot be known. Hashes that were looked for were found where they are;
    /// of the others the windows say that the bytes have them not.
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="windows">What <see cref="LetterWindows.ToBytes"/> gave of the same bytes.</param>
    public PathScan? Answer(PathScan scan, ReadOnlySpan<byte> windows)
    {
        foreach (ulong window in MemoryMarshal.Cast<byte, ulong>(windows))
        {
            if (_byWindow.TryGetValue(window, out StorePathHash hash) && scan.FindReference(hash) is null)
            {
                return null;
            }
        }

        return scan with { References = [.. scan.References.Where(reference => _hashes.TryGetIndex(reference.Target, out _))] };
    }
}
