using System.Collections.Concurrent;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Closures;

/// <summary>Scanners for one set of hashes, lent to one thread at a time: their buffers serve all paths.</summary>
internal sealed class ScannerPool(ReferenceSet references, ScanOptions options)
{
    private readonly ConcurrentBag<PathScanner> _idle = [];

    /// <summary>Opens one path and, when it is its turn, scans it with a scanner of the pool.</summary>
    public ContentsResult Scan(IStore store, Paths.PathInfo info, bool verifies, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        if (ContentsScan.TryOpen(store, info, out StoreContents? contents, out ContentsResult failure, cancellationToken))
        {
            bool isOn = false;
            try
            {
                turns.Wait(cancellationToken);
                isOn = true;
                return Scan(contents, info, verifies, cancellationToken);
            }
            finally
            {
                if (isOn)
                {
                    turns.Release();
                }
                else
                {
                    Blocking.Wait(contents.DisposeAsync());
                }
            }
        }

        return failure;
    }

    private ContentsResult Scan(StoreContents contents, Paths.PathInfo info, bool verifies, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out PathScanner? scanner))
        {
            scanner = new PathScanner(references, options);
        }

        // Not given back after an exception: a scan that ended on one thread may still go on on another.
        ContentsResult result = ContentsScan.Run(contents, info, scanner, verifies, cancellationToken);
        _idle.Add(scanner);
        return result;
    }
}
