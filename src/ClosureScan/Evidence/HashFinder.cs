using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Evidence;

/// <summary>Finds the wanted hashes.</summary>
internal sealed class HashFinder(ReferenceSet references, FileHits hits) : IFinder
{
    private readonly ScanKernel _kernel = ScanKernels.Default;

    /// <inheritdoc/>
    public void Find(in StreamWindow window, PlaceList places)
    {
        Sink sink = new(hits, places);
        ScanKernels.Search(_kernel, window.Reach(StorePathHash.Length), window.Start, references, ref sink);
    }

    private readonly struct Sink(FileHits hits, PlaceList places) : IReferenceSink
    {
        public void OnReference(int index, long offset) => places.Add(new FoundPlace(hits, index, (int)offset, StorePathHash.Length));
    }
}
