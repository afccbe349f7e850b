using System.Numerics;
using System.Runtime.Intrinsics;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>
/// Text whose characters have two bytes, one of them zero, as in the string heap of a .NET assembly: UTF-16 of either byte order at any offset. Its
/// runs are narrowed and searched as text of their own. A run is told by eight bytes of it, so that data without any pass at the speed of memory.
/// </summary>
internal sealed class WideText(ContentSearch narrow)
{
    private const int Word = 8;

    /// <summary>Longer than what a search looks back and ahead from a find.</summary>
    private const int Margin = 512;

    private const int StepLength = 8 * 1024;

    private readonly byte[] _narrow = new byte[StepLength + (2 * Margin)];

    /// <summary>Searches what begins in the window; offsets are those of the window's stream.</summary>
    public void Search(in StreamWindow window)
    {
        ReadOnlySpan<byte> bytes = window.Bytes;
        int limit = Math.Min(bytes.Length, window.End + (4 * Word));
        for (int position = Math.Max(0, window.Start - Word); (position = FindWord(bytes, position, limit)) >= 0;)
        {
            // Where the characters are: in the odd places of the word, or in the even ones.
            int first = bytes[position] == 0 ? position + 1 : position;
            while (first >= 2 && bytes[first - 1] == 0 && bytes[first - 2] != 0)
            {
                first -= 2;
            }

            int last = bytes[position] == 0 ? position + 1 : position;
            while (last + 2 < bytes.Length && bytes[last + 1] == 0 && bytes[last + 2] != 0)
            {
                last += 2;
            }

            SearchRun(window, first, last);
            position = Math.Max(last, position + Word);
        }
    }

    private void SearchRun(in StreamWindow window, int first, int last)
    {
        int total = ((last - first) / 2) + 1;

        // The characters that begin in the window, counted in the run.
        int from = first >= window.Start ? 0 : (window.Start - first + 1) / 2;
        int until = Math.Min(total, (Math.Max(0, window.End - first) + 1) / 2);
        while (from < until)
        {
            int step = Math.Min(until, from + StepLength);
            int start = Math.Max(0, from - Margin);
            int end = Math.Min(total, step + Margin);
            for (int index = start; index < end; index++)
            {
                _narrow[index - start] = window.Bytes[first + (2 * index)];
            }

            narrow.Search(new StreamWindow
            {
                Bytes = _narrow.AsSpan(0, end - start),
                Offset = window.OffsetOf(first + (2 * start)),
                Stride = 2 * window.Stride,
                Start = from - start,
                End = step - start,
            });
            from = step;
        }
    }

    /// <summary>The next eight bytes of which every second one is zero and the others are not; -1 when there are none.</summary>
    private static int FindWord(ReadOnlySpan<byte> bytes, int position, int limit)
    {
        const uint ButFirst = 0xfefefefe;
        for (; position + Vector256<byte>.Count <= limit; position += Vector256<byte>.Count)
        {
            // In such a word each bit of the zeros' mask differs from the one before it.
            uint zeros = Vector256.Equals(Vector256.Create(bytes.Slice(position, Vector256<byte>.Count)), Vector256<byte>.Zero).ExtractMostSignificantBits();
            uint same = ~(zeros ^ (zeros << 1)) & ButFirst;
            uint words = (same - 0x01010101) & ~same & 0x80808080;
            if (words != 0)
            {
                return position + (BitOperations.TrailingZeroCount(words) / 8 * Word);
            }
        }

        for (; position + Word <= limit; position += Word)
        {
            uint zeros = 0;
            for (int index = 0; index < Word; index++)
            {
                zeros |= bytes[position + index] == 0 ? 1u << index : 0;
            }

            if (zeros is 0xaa or 0x55)
            {
                return position;
            }
        }

        return -1;
    }
}
