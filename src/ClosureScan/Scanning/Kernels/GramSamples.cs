using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Takes samples of the windows of 32 letters and keeps those that may belong to a wanted hash until there are enough of them
/// to be checked together.
/// </summary>
/// <remarks>
/// The last 8 letters of a window lie in the next 23 windows as well, so one gram in 24 decides them all: its sample is the
/// place where the first of these windows ends. Whether a gram is a wanted one can't be foreseen on hostile data, so a sample
/// is written down always and counted when wanted: no branch, and the cache misses of many lookups overlap.
/// </remarks>
internal struct GramSamples
{
    // The windows that one gram decides.
    private const ulong Group = (1UL << GramOffsets.Count) - 1;

    // Four blocks of 64 bytes leave 12 samples at most.
    private const int Capacity = 128;
    private const int Reserve = 12;

    private Positions _positions;
    private int _count;

    /// <summary>Whether the samples of a further stride may find no room.</summary>
    public readonly bool IsFull => _count > Capacity - Reserve;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _count = 0;

    /// <summary>Takes the samples of one block.</summary>
    /// <param name="block">The block, whose position in the span is a multiple of 64.</param>
    /// <param name="ends">Where in it windows end: bit i for byte i.</param>
    /// <param name="position">Where in the span the block begins.</param>
    /// <param name="grams">The wanted grams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref byte block, ulong ends, int position, BitFilter grams)
    {
        BitFilter.View view = grams.ToView();
        ref int positions = ref _positions.First;
        int count = _count;
        while (ends != 0)
        {
            // All 32 bytes up to this one are letters of the span.
            int end = BitOperations.TrailingZeroCount(ends);
            ends &= ~(Group << end);
            ulong gram = WindowHash.OfGram(ref Unsafe.Add(ref block, end - 7));
            Unsafe.Add(ref positions, count) = position + end;
            count += view.Bit(gram);
        }

        _count = count;
    }

    /// <summary>Compares what the samples stand for, and begins anew.</summary>
    // Four passes, each over what is left from the one before, so that the cache misses of a pass overlap.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Check<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int count = _count;
        _count = 0;
        Unsafe.SkipInit(out Positions windows);
        Unsafe.SkipInit(out Positions found);
        for (int sample = 0; sample < count; sample++)
        {
            // Some window ends at first: the gram is 8 letters of the span. Later windows have to end in the same block,
            // because the next block has samples of its own, and in the span.
            int first = Unsafe.Add(ref _positions.First, sample);
            uint tries = index.Offsets.WindowsOf(WindowHash.OfGram(ref Unsafe.Add(ref start, first - 7)));
            int behind = bytes.Length - first;
            tries &= (uint)(ulong.MaxValue >> (first & 63)) & (behind >= 32 ? uint.MaxValue : (1U << behind) - 1);
            Unsafe.Add(ref windows.First, sample) = (int)tries;
        }

        int hits = 0;
        BitFilter.View hashes = index.Windows.ToView();
        for (int sample = 0; sample < count; sample++)
        {
            int window = Unsafe.Add(ref _positions.First, sample) - (StorePathHash.Length - 1);
            for (uint tries = (uint)Unsafe.Add(ref windows.First, sample); tries != 0; tries &= tries - 1)
            {
                int position = window + BitOperations.TrailingZeroCount(tries);
                Unsafe.Add(ref found.First, hits) = position;
                hits += hashes.Bit(WindowHash.OfWindow(ref Unsafe.Add(ref start, position)));
            }

            if (hits > Capacity - GramOffsets.Count || sample == count - 1)
            {
                for (int hit = 0; hit < hits; hit++)
                {
                    int position = Unsafe.Add(ref found.First, hit);
                    int hash = index.IndexOf(ref Unsafe.Add(ref start, position));
                    if (hash >= 0)
                    {
                        sink.OnReference(hash, offset + position);
                    }
                }

                hits = 0;
            }
        }
    }

    [InlineArray(Capacity)]
    private struct Positions
    {
        public int First;
    }
}
