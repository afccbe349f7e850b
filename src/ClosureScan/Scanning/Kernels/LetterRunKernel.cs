using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>The vector search, over any classifier.</summary>
/// <remarks>
/// The idea in five lines. A hash is 32 letters in a row, so it contains a whole aligned block of 16 letters, and ordinary
/// data has next to none: classify every byte, and branch once a stride on "some block is all letters".
/// Where one is, bit arithmetic on the masks of letters gives the ends of all windows of 32 letters.
/// The last 8 letters of the first window lie in the next 23 windows as well, at offsets 24 down to 1: one lookup
/// of those 8 letters (<see cref="GramTable"/>) rules out 24 windows, or says at which offset of a wanted hash they lie.
/// What is left is hashed whole and compared exactly (<see cref="HashTable"/>).
///
/// Deviations, and why:
/// – Ends and not starts: a window is dealt with in the block of 64 bytes where it ends, so nothing is read ahead, and only the
///   mask of the block before is kept.
/// – Sampling begins at the first window of a run and not at a multiple of 24: a lone hash, or a fragment of a hex dump, costs
///   one lookup.
/// – The lookup gives an offset and not a bit. A near-miss of a wanted hash passes two lookups in three; with the offset one
///   window is tried and not 24.
/// – The last block overlaps the one before it, and its mask is shifted. No byte outside the span is read.
/// </remarks>
internal static class LetterRunKernel<TClassifier>
    where TClassifier : struct, ILetterClassifier
{
    private const int Block = 64;
    private const int Stride = 4 * Block;

    // The windows that one gram decides: the grams at offsets 1 to 24 of each hash are in the table.
    private const ulong Group = (1UL << GramTable.OffsetCount) - 1;

    /// <summary>Tells <paramref name="sink"/> every wanted window of <paramref name="bytes"/>.</summary>
    // AggressiveOptimization: a scan may be one long call, and code of the first tier would be some fifty times slower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Search<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        if (bytes.Length < StorePathHash.Length)
        {
            return;
        }

        ref byte start = ref MemoryMarshal.GetReference(bytes);
        nuint length = (nuint)bytes.Length;
        nuint position = 0;
        ulong before = ulong.MaxValue; // the non-letters of the block before
        if (length < Block)
        {
            // Two halves that overlap: length is 32 to 63 here.
            ulong head = TClassifier.NonLetters32(in start);
            ulong tail = TClassifier.NonLetters32(in Unsafe.Add(ref start, length - 32));
            ulong mask = head | (tail << (int)(length - 32)) | (ulong.MaxValue << (int)length);
            ProbeBlock(ref start, before, mask, offset, index, ref sink);
            return;
        }

        // Each load lies in [position, position + Stride), which is at most length.
        ulong carried = 0;
        while (length - position >= Stride)
        {
            ref byte stride = ref Unsafe.Add(ref start, position);
            ulong mask0 = TClassifier.NonLetters64(in stride);
            ulong mask1 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, Block));
            ulong mask2 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, 2 * Block));
            ulong mask3 = TClassifier.NonLetters64(in Unsafe.Add(ref stride, 3 * Block));
            ulong last = AllLetterBlocks(mask3);

            // A window that begins in the stride before and has its block there ends here.
            if ((AllLetterBlocks(mask0) | AllLetterBlocks(mask1) | AllLetterBlocks(mask2) | last | carried) != 0)
            {
                long at = offset + (long)position;
                ProbeBlock(ref stride, before, mask0, at, index, ref sink);
                ProbeBlock(ref Unsafe.Add(ref stride, Block), mask0, mask1, at + Block, index, ref sink);
                ProbeBlock(ref Unsafe.Add(ref stride, 2 * Block), mask1, mask2, at + 2 * Block, index, ref sink);
                ProbeBlock(ref Unsafe.Add(ref stride, 3 * Block), mask2, mask3, at + 3 * Block, index, ref sink);
            }

            carried = last >> 63;
            before = mask3;
            position += Stride;
        }

        while (length - position >= Block)
        {
            ulong mask = TClassifier.NonLetters64(in Unsafe.Add(ref start, position));
            ProbeBlock(ref Unsafe.Add(ref start, position), before, mask, offset + (long)position, index, ref sink);
            before = mask;
            position += Block;
        }

        int rest = (int)(length - position);
        if (rest > 0)
        {
            // The last 64 bytes of the span, less those that were dealt with; what lies past the end is no letter.
            int overlap = Block - rest;
            ulong mask = TClassifier.NonLetters64(in Unsafe.Add(ref start, length - Block));
            mask = (mask >> overlap) | (ulong.MaxValue << rest);
            ProbeBlock(ref Unsafe.Add(ref start, position), before, mask, offset + (long)position, index, ref sink);
        }
    }

    /// <summary>
    /// Not 0 when one of the four aligned 16-bit fields is 0; bit 63 is set when the last one is (and sometimes when
    /// another is: a borrow runs upwards, which only costs a look).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AllLetterBlocks(ulong nonLetters) =>
        (nonLetters - 0x0001_0001_0001_0001) & ~nonLetters & 0x8000_8000_8000_8000;

    /// <summary>Deals with the windows that end in a block of 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ProbeBlock<TSink>(ref byte block, ulong before, ulong nonLetters, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        ulong ends = WindowEnds(before, nonLetters);
        if (ends != 0)
        {
            Probe(ref block, ends, offset, index, ref sink);
        }
    }

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

    /// <summary>Looks windows up, 24 at a time. All their bytes are letters of the span, so that each read is inside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Probe<TSink>(ref byte block, ulong ends, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        do
        {
            int first = BitOperations.TrailingZeroCount(ends);
            ulong group = ends & (Group << first);
            ends ^= group;
            ulong gram = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref block, first - 7));
            int place = index.Grams.OffsetOf(gram);
            if (place == GramTable.None)
            {
                continue;
            }

            if (place != GramTable.Several)
            {
                // A window beyond this block is found from the next one.
                int end = first + GramTable.OffsetCount - place;
                group &= end < Block ? 1UL << end : 0;
            }

            for (; group != 0; group &= group - 1)
            {
                int start = BitOperations.TrailingZeroCount(group) - (StorePathHash.Length - 1);
                int found = index.Hashes.IndexOf(ref Unsafe.Add(ref block, start));
                if (found >= 0)
                {
                    sink.OnReference(found, offset + start);
                }
            }
        }
        while (ends != 0);
    }
}
