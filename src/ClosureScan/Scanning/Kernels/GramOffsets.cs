using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Tells of a wanted gram (8 letters, by its hash) which windows may be wanted hashes, so that one or two are tried and not 24.
/// Of another gram it tells anything. Immutable once filled.
/// </summary>
/// <remarks>
/// An entry has a bit a window: bit d for the one that ends d letters behind the gram. Grams that meet in an entry share it,
/// which costs a vain look each; it cannot hide a hash. With four entries a gram every fifth shares one: with two a third do, and
/// near-misses are searched a tenth slower; with eight the table leaves the second-level cache, with the same loss.
/// Rejected, by GB/s on near-misses of 100 and 5,000 hashes where this has 3.8 and 3.2: buckets of four tagged entries, which never
/// share (2.5 and 1.8: three times the instructions); a byte an entry that tells one offset or "several", by a branch (3.2 and 2.6)
/// or by a list put aside and merged (2.4 and 2.4).
/// </remarks>
internal sealed class GramOffsets
{
    /// <summary>The last 8 letters of one window lie in 23 more, at offsets 24 down to 1.</summary>
    public const int Count = 24;

    private const long MinEntries = 1 << 10;

    // 16 MiB: it should stay in the last cache.
    private const long MaxEntries = 1 << 22;

    private readonly uint[] _entries;
    private readonly int _shift;

    /// <summary>Makes an empty table for so many grams.</summary>
    public GramOffsets(long grams)
    {
        _entries = new uint[Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)grams * 4), MinEntries, MaxEntries)];
        _shift = 64 - BitOperations.Log2((uint)_entries.Length);
    }

    /// <summary>Puts in a gram that lies <paramref name="offset"/> letters behind the start of a wanted hash, 1 to <see cref="Count"/>.</summary>
    public void Add(ulong hash, int offset) => _entries[hash >> _shift] |= 1U << (Count - offset);

    /// <summary>The windows to try: bit d for the one that ends d letters behind the gram, d below <see cref="Count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint WindowsOf(ulong hash) =>
        // There are 2^(64 − _shift) entries, so the shifted hash is one's number.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nuint)(hash >> _shift));
}
