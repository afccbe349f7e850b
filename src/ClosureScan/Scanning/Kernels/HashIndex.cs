using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>The wanted hashes as the vector kernels look them up. Immutable; made once a <see cref="ReferenceSet"/>.</summary>
internal sealed class HashIndex
{
    private readonly HashTable _hashes;

    public HashIndex(ReadOnlySpan<StorePathHash> hashes)
    {
        byte[] letters = new byte[checked(hashes.Length * StorePathHash.Length)];
        Grams = new BitFilter((long)hashes.Length * GramOffsets.Count);
        Offsets = new GramOffsets((long)hashes.Length * GramOffsets.Count);
        Windows = new BitFilter(hashes.Length);
        for (int index = 0; index < hashes.Length; index++)
        {
            Span<byte> window = letters.AsSpan(index * StorePathHash.Length, StorePathHash.Length);
            hashes[index].CopyTo(window);
            Windows.Add(WindowHash.OfWindow(ref window[0]));
            for (int offset = 1; offset <= GramOffsets.Count; offset++)
            {
                ulong gram = WindowHash.OfGram(ref window[offset]);
                Grams.Add(gram);
                Offsets.Add(gram, offset);
            }
        }

        _hashes = new HashTable(letters);
    }

    /// <summary>The grams at offsets 1 to 24 of every hash.</summary>
    public BitFilter Grams { get; }

    /// <summary>At which of these offsets a gram lies.</summary>
    public GramOffsets Offsets { get; }

    /// <summary>The hashes themselves.</summary>
    public BitFilter Windows { get; }

    /// <summary>The index of the hash with the 32 letters from <paramref name="window"/> on, or -1.</summary>
    public int IndexOf(ref byte window) =>
        _hashes.IndexOf(MemoryMarshal.CreateReadOnlySpan(ref window, StorePathHash.Length), WindowHash.OfWindow(ref window));
}
