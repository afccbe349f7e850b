using ClosureScan.Paths;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// The shortest correct search, the oracle of the others: count the digits in a row, and look the last 32 up
/// whenever there are that many. It shares no table with the vector kernels.
/// </summary>
internal static class ScalarKernel
{
    public static void Search<TSink>(ReadOnlySpan<byte> bytes, long offset, ReferenceSet references, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        int run = 0;
        for (int end = 0; end < bytes.Length; end++)
        {
            run = NixBase32.IsDigit(bytes[end]) ? run + 1 : 0;
            int start = end + 1 - StorePathHash.Length;
            if (run >= StorePathHash.Length
                && StorePathHash.TryParse(bytes.Slice(start, StorePathHash.Length), out StorePathHash hash)
                && references.Hashes.AsSpan().BinarySearch(hash) is >= 0 and int index)
            {
                sink.OnReference(index, offset + start);
            }
        }
    }
}
