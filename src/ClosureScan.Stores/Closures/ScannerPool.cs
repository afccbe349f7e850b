using System.Collections.Concurrent;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Closures;

/// <summary>Scanners for one set of hashes, lent to one thread at a time: their buffers serve all paths.</summary>
internal sealed class ScannerPool(ReferenceSet references, ScanOptions options)
{
    private readonly ConcurrentBag<PathScanner> _idle = [];

    /// <summary>Takes a scanner.</summary>
    public PathScanner Rent() => _idle.TryTake(out PathScanner? scanner) ? scanner : new PathScanner(references, options);

    /// <summary>Gives a scanner back. Not after an exception: a scan that ended on one thread may still go on on another.</summary>
    public void Return(PathScanner scanner) => _idle.Add(scanner);
}
