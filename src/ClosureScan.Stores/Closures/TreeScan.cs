using ClosureScan.Walking;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Scans one tree on disk on the caller's thread, and shares what is left of it as soon as another thread has nothing to do: from there on the caller
/// plans, cuts the plan into parts, and whoever is free scans the next. What comes out is what one thread would have found, byte for byte.
/// </summary>
/// <remarks>
/// Rejected: to plan every tree. A plan asks the disk about each file once more and its parts must be joined; in a closure of many paths all
/// threads have their own until the end, and nothing is gained. Whatever one thread tells otherwise than many - a file that cannot be read, a bound of the
/// path that is met - is left to one: the tree is then scanned again.
/// </remarks>
internal sealed class TreeScan(WorkQueue queue, ScannerPool scanners, SemaphoreSlim turns)
{
    /// <summary>How many parts a plan may be ahead of those who scan.</summary>
    private const int MostWaiting = 4;

    /// <summary>Scans the tree at <paramref name="path"/>. Blocks.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="hashes">Whether to hash its NAR, which one thread does from beginning to end.</param>
    /// <param name="scanner">The caller's scanner.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public PathScan Run(string path, bool hashes, PathScanner scanner, CancellationToken cancellationToken) =>
        (hashes ? null : TryShare(path, scanner, cancellationToken)) ?? ScanAlone(path, hashes, scanner, cancellationToken);

    private static PathScan ScanAlone(string path, bool hashes, PathScanner scanner, CancellationToken cancellationToken)
    {
        List<ScanProblem> problems = [];
        using DirectoryReader reader = new(DiskReader.Create(), path, new WalkOptions { ComputeNarHash = hashes, OnProblem = problems.Add });
        return Blocking.Wait(scanner.ScanAsync(reader, cancellationToken: cancellationToken)) with { Problems = [.. problems] };
    }

    private PathScan? TryShare(string path, PathScanner scanner, CancellationToken cancellationToken)
    {
        List<ScanProblem> problems = [];
        using DirectoryReader reader = new(DiskReader.Create(), path, new WalkOptions { OnProblem = problems.Add });
        PathScan first = Blocking.Wait(scanner.ScanAsync(reader, pauses: () => queue.HasIdleThread, cancellationToken: cancellationToken));
        if (reader.Kind == Nar.NarEntryKind.EndOfArchive)
        {
            return first with { Problems = [.. problems] };
        }

        reader.IsPlanning = true;
        List<PartScan> parts = [];
        int oldest = 0;
        while (TreePart.Read(reader, TreePart.EnoughWeight, cancellationToken) is { } planned)
        {
            PartScan part = new(planned, scanners);
            parts.Add(part);
            queue.Add(token => Help(part, token));
            while (parts.Count - oldest > MostWaiting)
            {
                parts[oldest++].Run(cancellationToken);
            }
        }

        List<PathScan> scans = [first];
        foreach (PartScan part in parts)
        {
            part.Run(cancellationToken);
        }

        foreach (PartScan part in parts)
        {
            if (part.Wait(cancellationToken) is not { } scan)
            {
                return null;
            }

            scans.Add(scan);
        }

        return PathScanJoin.Join(scans, reader.Position, scanner.Options) is { } whole ? whole with { Problems = [.. problems] } : null;
    }

    private void Help(PartScan part, CancellationToken cancellationToken)
    {
        using Turn turn = Turn.Take(turns, cancellationToken);
        part.Run(cancellationToken);
    }

    /// <summary>One part, scanned by whoever comes first.</summary>
    private sealed class PartScan(TreePart part, ScannerPool scanners)
    {
        private readonly TaskCompletionSource<PathScan?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public void Run(CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref _taken, 1) == 1)
            {
                return;
            }

            try
            {
                PathScanner scanner = scanners.Rent();
                using PartReader reader = new(part, DiskReader.Create());
                PathScan scan = Blocking.Wait(scanner.ScanAsync(reader, cancellationToken: cancellationToken));
                _result.SetResult(reader.IsBroken ? null : scan);
                scanners.Return(scanner);
            }
            catch (Exception exception)
            {
                _result.SetException(exception);
                throw;
            }
        }

        /// <summary>What came of it; null when it could not be read as planned.</summary>
        public PathScan? Wait(CancellationToken cancellationToken)
        {
            _result.Task.Wait(cancellationToken);
            return _result.Task.Result;
        }
    }
}
