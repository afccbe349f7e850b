using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>The vector search, over any classifier.</summary>
/// <remarks>
/// The idea in five lines. A hash is 32 letters in a row, so it contains a whole aligned block of 16 letters, and ordinary
/// data has next to none: classify every byte, and branch once a stride on "some block is all letters".
/// Where one is, bit arithmetic on the masks of letters gives the ends of all windows of 32 letters.
/// One lookup of 8 letters decides 24 windows (<see cref="GramSamples"/>), in a bit filter of the grams of all wanted hashes.
/// What is left is placed, hashed whole and compared exactly (<see cref="HashIndex"/>).
///
/// Deviations, and why:
/// – Ends and not starts: a window is dealt with in the block of 64 bytes where it ends, so nothing is read ahead, and only the
///   mask of the block before is kept.
/// – Sampling begins at the first window of a run and not at a multiple of 24: a lone hash, or a fragment of a hex dump, costs
///   one lookup.
/// – The last block overlaps the one before it, and its mask is shifted. No byte outside the span is read.
/// </remarks>
internal static class LetterRunKernel<TClassifier>
    where TClassifier : struct, ILetterClassifier
{
    private const int Block = 64;
    private const int Stride = 4 * Block;

    // How far ahead the bytes of walls are fetched; 1 to 4 KiB measure alike, half a KiB is too late.
    private const int Ahead = 3 * 1024;

    /// <summary>Tells <paramref name="sink"/> every wanted window of <paramref name="bytes"/>.</summary>
    // AggressiveOptimization: a scan may be one long call, and code of the first tier would be some fifty times slower.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Search<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        if (bytes.Length < StorePathHash.Length)
        {
            return;
        }

        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int position = 0;
        ulong before = ulong.MaxValue; // the non-letters of the block before
        Unsafe.SkipInit(out GramSamples samples);
        samples.Clear();
        if (bytes.Length < Block)
        {
            // Two halves that overlap: there are 32 to 63 bytes.
            ulong head = TClassifier.NonLetters32(in start);
            ulong tail = TClassifier.NonLetters32(in Unsafe.Add(ref start, bytes.Length - 32));
            ulong mask = head | (tail << (bytes.Length - 32)) | (ulong.MaxValue << bytes.Length);
            samples.Take(ref start, WindowEnds(before, mask), 0, index.Grams);
            samples.Check(bytes, offset, index, ref sink);
            return;
        }

        // Each load lies in [position, position + Stride), which is at most the length.
        ulong carried = 0;
        while (bytes.Length - position >= Stride)
        {
            // A window that has its block in the stride before ends here.
            if (carried == 0)
            {
                int clear = TClassifier.ClearStrides(ref Unsafe.Add(ref start, position), (bytes.Length - position) / Stride) * Stride;
                position += clear;
                before = clear > 0 ? TClassifier.NonLetters64(in Unsafe.Add(ref start, position - Block)) : before;
                if (bytes.Length - position < Stride)
                {
                    break;
                }
            }

            ref byte stride = ref Unsafe.Add(ref start, position);
            ulong mask0 = TClassifier.NonLetters64(in stride);
            ulong mask1 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, Block));
            ulong mask2 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, 2 * Block));
            ulong mask3 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, 3 * Block));
            ulong last = AllLetterBlocks(mask3);
            if ((AllLetterBlocks(mask0) | AllLetterBlocks(mask1) | AllLetterBlocks(mask2) | last | carried) != 0)
            {
                if ((before | mask0 | mask1 | mask2 | mask3) == 0)
                {
                    Prefetch(ref stride);
                    samples.TakeWall(ref start, position, Stride, index.Grams);
                }
                else
                {
                    TakeStride(ref stride, position, before, mask0, mask1, mask2, mask3, index.Grams, ref samples);
                }

                if (samples.IsFull)
                {
                    samples.Check(bytes, offset, index, ref sink);
                }
            }

            carried = last >> 63;
            before = mask3;
            position += Stride;
        }

        for (; bytes.Length - position >= Block; position += Block)
        {
            ulong mask = TClassifier.NonLetters64(in Unsafe.Add(ref start, position));
            samples.Take(ref Unsafe.Add(ref start, position), WindowEnds(before, mask), position, index.Grams);
            before = mask;
        }

        int rest = bytes.Length - position;
        if (rest > 0)
        {
            // The last 64 bytes of the span, less those that were dealt with; what lies past the end is no letter.
            ulong mask = TClassifier.NonLetters64(in Unsafe.Add(ref start, bytes.Length - Block));
            mask = (mask >> (Block - rest)) | (ulong.MaxValue << rest);
            samples.Take(ref Unsafe.Add(ref start, position), WindowEnds(before, mask), position, index.Grams);
        }

        samples.Check(bytes, offset, index, ref sink);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeStride(
        ref byte stride, int position, ulong before, ulong mask0, ulong mask1, ulong mask2, ulong mask3, BitFilter grams, ref GramSamples samples)
    {
        samples.Take(ref stride, WindowEnds(before, mask0), position, grams);
        samples.Take(ref Unsafe.Add(ref stride, Block), WindowEnds(mask0, mask1), position + Block, grams);
        samples.Take(ref Unsafe.Add(ref stride, 2 * Block), WindowEnds(mask1, mask2), position + (2 * Block), grams);
        samples.Take(ref Unsafe.Add(ref stride, 3 * Block), WindowEnds(mask2, mask3), position + (3 * Block), grams);
    }

    /// <summary>
    /// Begins to fetch the stride that lies <see cref="Ahead"/>, past the second-level cache: that one is for the tables of many hashes,
    /// and without this the bytes of walls drive them out, and near-misses are searched a fifth slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref byte stride)
    {
        if (Sse.IsSupported)
        {
            // To fetch has no effect but on caches, whatever the address: it may lie behind the span, and the bytes may be moved meanwhile.
            byte* ahead = (byte*)Unsafe.AsPointer(ref stride) + Ahead;
            Sse.PrefetchNonTemporal(ahead);
            Sse.PrefetchNonTemporal(ahead + Block);
            Sse.PrefetchNonTemporal(ahead + (2 * Block));
            Sse.PrefetchNonTemporal(ahead + (3 * Block));
        }
    }

    /// <summary>
    /// Not 0 when one of the four aligned 16-bit fields is 0; bit 63 is set when the last one is (and sometimes when
    /// another is: a borrow runs upwards, which only costs a look).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AllLetterBlocks(ulong nonLetters) =>
        (nonLetters - 0x0001_0001_0001_0001) & ~nonLetters & 0x8000_8000_8000_8000;

    /// <summary>The bytes of a block at which a window of 32 letters ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WindowEnds(ulong before, ulong nonLetters)
    {
        // Runs within the block: after each step a bit says that so many letters end there.
        ulong inside = ~nonLetters;
        inside &= inside << 1;
        inside &= inside << 2;
        inside &= inside << 4;
        inside &= inside << 8;
        inside &= inside << 16;

        // The run that comes in from the block before, with n letters there, completes windows from byte 31 − n on.
        int incoming = Math.Min(BitOperations.LeadingZeroCount(before), StorePathHash.Length - 1);
        ulong leading = (nonLetters - 1) & ~nonLetters;
        return inside | (leading & (ulong.MaxValue << (StorePathHash.Length - 1 - incoming)));
    }
}
