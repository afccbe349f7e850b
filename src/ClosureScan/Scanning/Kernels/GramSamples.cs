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

    // The windows that end before this position have been dealt with.
    private int _next;

    /// <summary>Whether the samples of a further stride may find no room.</summary>
    public readonly bool IsFull => _count > Capacity - Reserve;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _count = 0;
        _next = 0;
    }

    /// <summary>Takes the samples of one block of 64 bytes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="ends">Where in it windows end: bit i for byte i.</param>
    /// <param name="position">Where in the span the block begins.</param>
    /// <param name="grams">The wanted grams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref byte block, ulong ends, int position, BitFilter grams)
    {
        ends &= ulong.MaxValue << Math.Max(_next - position, 0);
        if (ends == 0)
        {
            return;
        }

        BitFilter.View wanted = grams.ToView();
        ref int positions = ref _positions.First;
        int count = _count;
        int end;
        do
        {
            // All 32 bytes up to this one are letters of the span.
            end = BitOperations.TrailingZeroCount(ends);
            ends &= ~(Group << end);
            Unsafe.Add(ref positions, count) = position + end;
            count += wanted.Bit(WindowHash.OfGram(ref Unsafe.Add(ref block, end - 7)));
        }
        while (ends != 0);

        _next = position + end + GramOffsets.Count;
        _count = count;
    }

    /// <summary>Takes the samples of bytes at each of which a window ends: inside a long run the places are known beforehand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeWall(ref byte start, int position, int length, BitFilter grams)
    {
        BitFilter.View wanted = grams.ToView();
        ref int positions = ref _positions.First;
        int count = _count;
        int end = Math.Max(_next, position);
        for (; end < position + length; end += GramOffsets.Count)
        {
            Unsafe.Add(ref positions, count) = end;
            count += wanted.Bit(WindowHash.OfGram(ref Unsafe.Add(ref start, end - 7)));
        }

        _next = end;
        _count = count;
    }

    /// <summary>Compares what the samples stand for, and begins anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        // Most small files have none, and are done a third sooner without the call.
        if (_count > 0)
        {
            CheckAll(bytes, offset, index, ref sink);
        }
    }

    /// <remarks>
    /// Three passes, each over what is left from the one before, so that the cache misses of a pass overlap.
    /// Rejected: passes that take one window of each sample, without any branch that depends on the bytes, and sort what they found.
    /// They were slower: on near-misses of 1, 100, 5,000 and 100,000 hashes 3.7, 2.5, 1.7 and 0.6 GB/s against 4.2, 2.9, 2.2 and 0.8.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckAll<TSink>(ReadOnlySpan<byte> bytes, long offset, HashIndex index, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Unsafe.SkipInit(out Positions tries);
        Unsafe.SkipInit(out Positions windows);
        FindTries(bytes, index.Offsets, ref tries);
        int sample = 0;
        while (sample < _count)
        {
            int count = FindWindows(ref start, bytes.Length - StorePathHash.Length, index.Windows, ref tries, ref sample, ref windows);
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

        _count = 0;
    }

    // For each sample, which of its 24 windows to try.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FindTries(ReadOnlySpan<byte> bytes, GramOffsets offsets, ref Positions tries)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        uint all = 0;
        for (int sample = 0; sample < _count; sample++)
        {
            // Some window ends here, so these 8 letters are in the span.
            uint found = offsets.WindowsOf(WindowHash.OfGram(ref Unsafe.Add(ref start, End(sample) - 7)));
            all |= found;
            Unsafe.Add(ref tries.First, sample) = (int)found;
        }

        if ((all & GramOffsets.Repeats) != 0)
        {
            NarrowTries(bytes, offsets, ref tries);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void NarrowTries(ReadOnlySpan<byte> bytes, GramOffsets offsets, ref Positions tries)
    {
        for (int sample = 0; sample < _count; sample++)
        {
            ref int found = ref Unsafe.Add(ref tries.First, sample);
            if (((uint)found & GramOffsets.Repeats) != 0)
            {
                found = (int)offsets.Narrow((uint)found, bytes, End(sample));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int End(int sample) => Unsafe.Add(ref Unsafe.AsRef(in _positions).First, sample);

    // Where the windows begin that have the hash of a wanted one, as long as there is room.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int FindWindows(
        ref byte start, int lastWindow, BitFilter filter, ref Positions tries, ref int sample, ref Positions windows)
    {
        BitFilter.View wanted = filter.ToView();
        int count = 0;
        int next = sample;
        do
        {
            int first = End(next) - (StorePathHash.Length - 1);
            for (uint left = (uint)Unsafe.Add(ref tries.First, next); left != 0; left &= left - 1)
            {
                int window = first + BitOperations.TrailingZeroCount(left);
                if (window > lastWindow)
                {
                    break;
                }

                Unsafe.Add(ref windows.First, count) = window;
                count += wanted.Bit(WindowHash.OfWindow(ref Unsafe.Add(ref start, window)));
            }

            next++;
        }
        while (next < _count && count <= Capacity - GramOffsets.Count);

        sample = next;
        return count;
    }

    [InlineArray(Capacity)]
    private struct Positions
    {
        public int First;
    }
}
