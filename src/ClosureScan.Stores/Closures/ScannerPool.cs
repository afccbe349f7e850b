using System.Collections.Concurrent;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Closures;

/// <summary>Scanners for one set of hashes, lent to one thread at a time: their buffers serve all paths.</summary>
internal sealed class ScannerPool(ReferenceSet references, ScanOptions options)
{
    private readonly ConcurrentBag<PathScanner> _idle = [];

    /// <summary>Scans one path with a scanner of the pool.</summary>
    public ContentsResult Scan(IStore store, Paths.PathInfo info, bool verifies, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out PathScanner? scanner))
        {
            scanner = new PathScanner(references, options);
        }

        // Not given back after an exception: a scan that ended on one thread may still go on on another.
        ContentsResult result = ContentsScan.Run(store, info, scanner, verifies, cancellationToken);
        _idle.Add(scanner);
        return result;
    }
}
