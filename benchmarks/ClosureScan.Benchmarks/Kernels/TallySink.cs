using ClosureScan.Scanning;

namespace ClosureScan.Benchmarks.Kernels;

/// <summary>Counts what is found, and sums it up so that two answers can be compared.</summary>
internal struct TallySink : IReferenceSink
{
    /// <summary>How many references.</summary>
    public long Count { get; private set; }

    /// <summary>Differs when an index, an offset or their order differs, but for an accident.</summary>
    public ulong Sum { get; private set; }

    /// <inheritdoc/>
    public void OnReference(int index, long offset)
    {
        Count++;
        Sum = (Sum * 0x9E37_79B9_7F4A_7C15) + ((ulong)offset << 20) + (uint)index;
    }
}
