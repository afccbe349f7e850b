using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClosureScan.Paths;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Scanning;

/// <summary>
/// The hashes to search for. Immutable; share one between all scanners of a closure. On ordinary data the speed of a scan does not
/// depend on their number; on data full of base-32 letters it falls, to about a fifth from 1 to 100,000 hashes. 5,000 hashes
/// take 2 ms and 3 MB to prepare, 100,000 hashes 86 ms and 27 MB (benchmarks/results/README.md).
/// </summary>
public sealed class ReferenceSet
{
    private ReferenceSet(ImmutableArray<StorePathHash> hashes)
    {
        Hashes = hashes;
        Index = new HashIndex(hashes.AsSpan());
    }

    /// <summary>The hashes, sorted, each once. An index into this array is what an <see cref="IReferenceSink"/> is given.</summary>
    public ImmutableArray<StorePathHash> Hashes { get; }

    /// <summary>How many hashes.</summary>
    public int Count => Hashes.Length;

    internal HashIndex Index { get; }

    /// <summary>Makes a set; repeated hashes count once.</summary>
    public static ReferenceSet Create(IEnumerable<StorePathHash> hashes)
    {
        StorePathHash[] sorted = [.. hashes];
        Array.Sort(sorted);
        int count = 0;
        foreach (StorePathHash hash in sorted)
        {
            if (count == 0 || sorted[count - 1] != hash)
            {
                sorted[count++] = hash;
            }
        }

        Array.Resize(ref sorted, count);
        return new ReferenceSet(ImmutableCollectionsMarshal.AsImmutableArray(sorted));
    }

    /// <summary>Makes a set of the hash parts of <paramref name="paths"/>.</summary>
    public static ReferenceSet Create(IEnumerable<StorePath> paths) => Create(paths.Select(path => path.Hash));

    /// <summary>The index of <paramref name="hash"/>. False when it is not in the set.</summary>
    internal bool TryGetIndex(StorePathHash hash, out int index)
    {
        Span<byte> digits = stackalloc byte[StorePathHash.Length];
        hash.CopyTo(digits);
        index = Index.IndexOf(ref digits[0]);
        return index >= 0;
    }
}
