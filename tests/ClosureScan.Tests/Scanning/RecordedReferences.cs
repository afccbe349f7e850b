using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Tests.Scanning;

/// <summary>A sink that keeps everything, and the ways to fill one.</summary>
internal sealed class RecordedReferences : IReferenceSink
{
    public List<(int Index, long Offset)> Hits { get; } = [];

    public void OnReference(int index, long offset) => Hits.Add((index, offset));

    /// <summary>What <paramref name="kernel"/> finds in one piece.</summary>
    public static List<(int Index, long Offset)> Of(ScanKernel kernel, ReferenceSet references, ReadOnlySpan<byte> bytes)
    {
        var recorded = new RecordedReferences();
        ScanKernels.Search(kernel, bytes, 0, references, ref recorded);
        return recorded.Hits;
    }

    /// <summary>What a scanner finds in <paramref name="bytes"/> when they come in chunks of these lengths, the last one repeated.</summary>
    public static List<(int Index, long Offset)> InChunks(
        ScanKernel kernel, ReferenceSet references, ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> lengths)
    {
        var recorded = new RecordedReferences();
        var scanner = new ReferenceScanner(references, kernel);
        for (int chunk = 0; !bytes.IsEmpty; chunk++)
        {
            int length = Math.Min(bytes.Length, lengths[Math.Min(chunk, lengths.Length - 1)]);
            scanner.Scan(bytes[..length], ref recorded);
            bytes = bytes[length..];
        }

        return recorded.Hits;
    }
}
