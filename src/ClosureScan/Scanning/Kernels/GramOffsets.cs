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

    /// <summary>
    /// Stands beside more windows than chance gives a gram: a wanted hash repeats itself, and where the bytes do so too every sample would have all of them tried.
    /// See <see cref="Narrow"/>.
    /// </summary>
    public const uint Repeats = 1U << 31;

    // Of 100,000 hashes a gram in 300 has more by chance.
    private const int MostByChance = 4;

    // Letters of a gram.
    private const int Length = 8;

    private const uint AllWindows = (1U << Count) - 1;

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
    public void Add(ulong hash, int offset)
    {
        ref uint entry = ref _entries[hash >> _shift];
        entry |= 1U << (Count - offset);
        entry |= BitOperations.PopCount(entry & AllWindows) > MostByChance ? Repeats : 0;
    }

    /// <summary>The windows to try: bit d for the one that ends d letters behind the gram, d below <see cref="Count"/>; and perhaps <see cref="Repeats"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint WindowsOf(ulong hash) =>
        // There are 2^(64 − _shift) entries, so the shifted hash is one's number.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nuint)(hash >> _shift));

    /// <summary>
    /// Of the windows that a gram leaves, those that the grams 8 and 16 letters before and behind it leave too: a window has those of them that lie in it,
    /// at places that follow.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="bytes">What is searched.</param>
    /// <param name="end">Where the gram ends, which is where a window of <paramref name="bytes"/> ends.</param>
    public uint Narrow(uint windows, ReadOnlySpan<byte> bytes, int end)
    {
        windows &= AllWindows;
        for (int distance = Length; distance <= 2 * Length && windows != 0; distance += Length)
        {
            // The window that ends d letters behind this gram ends d + distance behind the one before, which is one of its grams if that is below Count.
            windows &= (WindowsAt(bytes, end - distance) >> distance) | (AllWindows << (Count - distance));

            // And d − distance behind the one that follows, which is one of its grams if that is not below 0.
            windows &= end + distance < bytes.Length ? (WindowsAt(bytes, end + distance) << distance) | ((1U << distance) - 1) : AllWindows;
        }

        return windows;
    }

    // The callers see to it that the gram lies in the span.
    private uint WindowsAt(ReadOnlySpan<byte> bytes, int end) =>
        WindowsOf(WindowHash.OfGram(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), end - (Length - 1)))) & AllWindows;
}
