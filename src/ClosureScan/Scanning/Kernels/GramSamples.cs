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
        BitFilter.View wanted = grams.ToView();
        ref int positions = ref _positions.First;
        int count = _count;
        if (ends == ulong.MaxValue)
        {
            // Inside a long run the places are known beforehand, which makes walls of letters a third faster.
            for (int end = 0; end < 64; end += GramOffsets.Count)
            {
                Unsafe.Add(ref positions, count) = position + end;
                count += wanted.Bit(WindowHash.OfGram(ref Unsafe.Add(ref block, end - 7)));
            }
        }
        else
        {
            while (ends != 0)
            {
                // All 32 bytes up to this one are letters of the span.
                int end = BitOperations.TrailingZeroCount(ends);
                ends &= ~(Group << end);
                Unsafe.Add(ref positions, count) = position + end;
                count += wanted.Bit(WindowHash.OfGram(ref Unsafe.Add(ref block, end - 7)));
            }
        }

        _count = count;
    }

    /// <summary>Compares what the samples stand for, and begins anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        if (_count > 0)
        {
            CheckAll(bytes, offset, index, ref sink);
            _count = 0;
        }
    }

    /// <remarks>
    /// Passes over what is left from the one before, none with a branch that depends on the bytes, so that the cache misses of
    /// a pass overlap and nothing is mispredicted: near-misses go half as fast again as with a loop over the windows of a sample.
    /// The price is that windows come out of order when a sample has several, and are sorted.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckAll<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Unsafe.SkipInit(out Positions tries);
        Unsafe.SkipInit(out Windows windows);
        int count = 0;
        int left = FindTries(ref start, bytes.Length, index.Offsets, ref tries);
        left = FindWindows(ref start, index.Windows, left, ref tries, ref windows, ref count);
        int ordered = count;
        while (left > 0)
        {
            left = FindWindows(ref start, index.Windows, left, ref tries, ref windows, ref count);
        }

        if (count > ordered)
        {
            ((Span<int>)windows)[..count].Sort();
        }

        for (int window = 0; window < count; window++)
        {
            int position = windows[window];
            int hash = index.IndexOf(ref Unsafe.Add(ref start, position));
            if (hash >= 0)
            {
                sink.OnReference(hash, offset + position);
            }
        }
    }

    // Keeps the samples that have windows to try, and says which. Returns how many.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindTries(ref byte start, int length, GramOffsets offsets, ref Positions tries)
    {
        ref int positions = ref _positions.First;
        int kept = 0;
        for (int sample = 0; sample < _count; sample++)
        {
            // Some window ends here, so these 8 letters are in the span.
            int end = Unsafe.Add(ref positions, sample);
            uint windows = offsets.WindowsOf(WindowHash.OfGram(ref Unsafe.Add(ref start, end - 7)));

            // Windows that end beyond the block are for the samples of the next one; none ends beyond the span.
            windows &= (uint)(ulong.MaxValue >> (end & 63)) & (uint)((1UL << Math.Min(length - end, 32)) - 1);
            Unsafe.Add(ref positions, kept) = end;
            Unsafe.Add(ref tries.First, kept) = (int)windows;
            kept += windows != 0 ? 1 : 0;
        }

        return kept;
    }

    // Takes one window of each sample, and writes down where it begins when it has the hash of a wanted one.
    // Keeps the samples that have more windows to try, and returns how many.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindWindows(ref byte start, BitFilter filter, int samples, ref Positions tries, ref Windows windows, ref int count)
    {
        BitFilter.View wanted = filter.ToView();
        ref int positions = ref _positions.First;
        int found = count;
        int kept = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            int end = Unsafe.Add(ref positions, sample);
            uint left = (uint)Unsafe.Add(ref tries.First, sample);
            int window = end - (StorePathHash.Length - 1) + BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref windows.First, found) = window;
            found += wanted.Bit(WindowHash.OfWindow(ref Unsafe.Add(ref start, window)));

            left &= left - 1;
            Unsafe.Add(ref positions, kept) = end;
            Unsafe.Add(ref tries.First, kept) = (int)left;
            kept += left != 0 ? 1 : 0;
        }

        count = found;
        return kept;
    }

    [InlineArray(Capacity)]
    private struct Positions
    {
        public int First;
    }

    // Room for every window of every sample, and one to write to when it is full.
    [InlineArray((Capacity * GramOffsets.Count) + 1)]
    private struct Windows
    {
        public int First;
    }
}
