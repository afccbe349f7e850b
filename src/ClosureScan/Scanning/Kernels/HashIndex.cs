using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>The wanted hashes as the vector kernels look them up. Immutable; made once a <see cref="ReferenceSet"/>.</summary>
internal sealed class HashIndex
{
    public HashIndex(ReadOnlySpan<StorePathHash> hashes)
    {
        byte[] digits = new byte[checked(hashes.Length * StorePathHash.Length)];
        for (int index = 0; index < hashes.Length; index++)
        {
            hashes[index].CopyTo(digits.AsSpan(index * StorePathHash.Length));
        }

        Grams = new GramTable(digits);
        Hashes = new HashTable(digits);
    }

    /// <summary>What rules out most windows.</summary>
    public GramTable Grams { get; }

    /// <summary>What decides on the rest.</summary>
    public HashTable Hashes { get; }
}
