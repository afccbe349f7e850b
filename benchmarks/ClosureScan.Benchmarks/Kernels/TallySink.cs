using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

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

    /// <summary>What <paramref name="kernel"/> finds.</summary>
    public static TallySink Of(ScanKernel kernel, ReadOnlySpan<byte> bytes, ReferenceSet references)
    {
        var sink = default(TallySink);
        ScanKernels.Search(kernel, bytes, 0, references, ref sink);
        return sink;
    }

    /// <summary>A fast kernel that finds something else would be no use.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="kernel"/> and the scalar one differ.</exception>
    public static void CheckAgainstOracle(ScanKernel kernel, ReadOnlySpan<byte> bytes, ReferenceSet references)
    {
        TallySink expected = Of(ScanKernel.Scalar, bytes, references);
        TallySink found = Of(kernel, bytes, references);
        if (found.Count != expected.Count || found.Sum != expected.Sum)
        {
            throw new InvalidOperationException($"{kernel} finds {found.Count} references where there are {expected.Count}.");
        }
    }
}
