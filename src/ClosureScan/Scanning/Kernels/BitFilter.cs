using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// A set of 64-bit hashes that answers "no" or "perhaps": one bit an item (a Bloom filter with one function, because a second
/// look would be a second cache miss). It takes hashes whose bits from 32 upwards are mixed.
/// </summary>
internal sealed class BitFilter
{
    // At 32 bits an item one look in 32 is mistaken.
    private const long BitsPerItem = 32;
    private const long MinBits = 1 << 12;

    // 2 MiB: past that a look leaves the second-level cache, which costs more than the mistakes do.
    private const long MaxBits = 1 << 24;

    private readonly uint[] _words;
    private readonly int _shift;

    /// <summary>Makes an empty filter for so many items; more make it weaker, not wrong.</summary>
    public BitFilter(long items)
    {
        long bits = Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(items * BitsPerItem)), MinBits, MaxBits);
        _words = new uint[bits / 32];
        _shift = 64 - BitOperations.Log2((uint)_words.Length);
    }

    /// <summary>Puts a hash in.</summary>
    public void Add(ulong hash) => _words[hash >> _shift] |= 1U << (int)(hash >> 32);

    /// <summary>The filter for a loop of lookups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public View ToView() => new(this);

    /// <summary>What a lookup needs, held in registers.</summary>
    public readonly ref struct View
    {
        private readonly ref uint _words;
        private readonly int _shift;

        /// <summary>Looks into <paramref name="filter"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public View(BitFilter filter)
        {
            _words = ref MemoryMarshal.GetArrayDataReference(filter._words);
            _shift = filter._shift;
        }

        /// <summary>1 when <paramref name="hash"/> may be in the set, 0 when it is not.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Bit(ulong hash) =>
            // There are 2^(64 − _shift) words, so the shifted hash is one's number.
            (int)(Unsafe.Add(ref _words, (nuint)(hash >> _shift)) >> (int)(hash >> 32)) & 1;
    }
}
