using System.Buffers;
using System.IO.Pipelines;

namespace ClosureScan.Testing;

/// <summary>The same bytes, cut into buffers in every way that matters.</summary>
public static class Fragments
{
    /// <summary>A pipe that already holds all bytes, as one sequence of segments cut at <paramref name="cuts"/>.</summary>
    public static PipeReader Segmented(ReadOnlyMemory<byte> bytes, params int[] cuts) =>
        PipeReader.Create(bytes.IsEmpty ? ReadOnlySequence<byte>.Empty : Sequence(bytes, cuts));

    /// <summary>
    /// A pipe whose bytes arrive in reads of the given lengths (the last repeats), each into a buffer of its own when
    /// <paramref name="bufferSize"/> is small.
    /// </summary>
    public static PipeReader Arriving(ReadOnlyMemory<byte> bytes, int bufferSize, params int[] lengths) => PipeReader.Create(
        new FragmentingStream(bytes, lengths),
        new StreamPipeReaderOptions(new ExactPool(), bufferSize: bufferSize, minimumReadSize: 1));

    /// <summary>A sequence of segments cut at <paramref name="cuts"/>, which ascend.</summary>
    public static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte> bytes, params int[] cuts)
    {
        Segment first = new(bytes[..(cuts.Length == 0 ? bytes.Length : cuts[0])], null);
        Segment last = first;
        for (int index = 0; index < cuts.Length; index++)
        {
            int end = index + 1 < cuts.Length ? cuts[index + 1] : bytes.Length;
            last = new Segment(bytes[cuts[index]..end], last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }

    // The shared pool rounds sizes up, and would hide the edges.
    private sealed class ExactPool : MemoryPool<byte>
    {
        public override int MaxBufferSize => int.MaxValue;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Owner(new byte[Math.Max(1, minBufferSize)]);

        protected override void Dispose(bool disposing)
        {
        }

        private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory => bytes;

            public void Dispose() => bytes.AsSpan().Fill(0xCC);
        }
    }
}
