using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>Hands what a <see cref="ReferenceScanner"/> finds to <see cref="FileHits"/>. A value, so that the scanner's code is compiled for it.</summary>
internal readonly struct FileHitSink(FileHits hits) : IReferenceSink
{
    /// <inheritdoc/>
    public void OnReference(int index, long offset) => hits.Add(index, offset);
}
