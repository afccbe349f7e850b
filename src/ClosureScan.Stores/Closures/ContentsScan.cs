using System.Diagnostics;
using ClosureScan.Paths;
using ClosureScan.Stores.Caching;
using ClosureScan.Stores.Telemetry;
using ClosureScan.Walking;
using Microsoft.Extensions.Logging;

namespace ClosureScan.Stores.Closures;

/// <summary>Opens the contents of paths, scans them and checks what is claimed of them. Blocks: a job has a thread of its own.</summary>
/// <param name="store">The store.</param>
/// <param name="queue">Who helps with a large path.</param>
/// <param name="scanners">Who scans.</param>
/// <param name="verifies">Whether the store's claim is checked where the contents make none of their own.</param>
/// <param name="turns">How many may scan at once; more may wait for a store to open.</param>
/// <param name="logger">Told of each path.</param>
/// <param name="cache">What is known of contents by their hashes; null for nothing.</param>
internal sealed class ContentsScan(IStore store, WorkQueue queue, ScannerPool scanners, bool verifies, SemaphoreSlim turns, ILogger logger, CachedScans? cache = null)
{
    private readonly TreeScan _trees = new(queue, scanners, turns);

    /// <summary>Scans one path of the store.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public ContentsResult Run(PathInfo info, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        PathScan? known = cache?.Find(info);
        ContentsResult result = known is null ? Read(info, cancellationToken) : new ContentsResult(known, []);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        long bytes = result.Scan?.NarSize ?? 0;
        StoreMeter.Scanned(known is not null ? "cached" : result.AllProblems.Any() ? "unreadable" : "scanned", bytes, took);
        StoreLog.Scanned(logger, info.Path, bytes, took.TotalMilliseconds);
        foreach (ScanProblem problem in result.AllProblems)
        {
            StoreLog.Unreadable(logger, info.Path, problem);
        }

        return result;
    }

    private ContentsResult Read(PathInfo info, CancellationToken cancellationToken)
    {
        StoreContents contents;
        try
        {
            contents = Blocking.Wait(store.OpenAsync(info, cancellationToken));
        }
        catch (StoreException exception)
        {
            return ContentsResult.Failed(exception.Place ?? info.Path.ToString(), exception.Message);
        }

        try
        {
            using Turn turn = Turn.Take(turns, cancellationToken);
            PathScanner scanner = scanners.Rent();
            ContentsResult result = Scan(contents, info, scanner, cancellationToken);
            scanners.Return(scanner);
            return result;
        }
        finally
        {
            Blocking.Wait(contents.DisposeAsync());
        }
    }

    private ContentsResult Scan(StoreContents contents, PathInfo info, PathScanner scanner, CancellationToken cancellationToken)
    {
        ClaimCheck claim = new(info, contents);
        bool hashes = scanner.Options.ComputeNarHash || contents.NarHash is not null || (verifies && claim.NarHash is not null);
        string location = contents.Location ?? info.Path.ToString();
        if (contents.NarStream is { } stream)
        {
            LetterWindows? windows = cache is null ? null : new LetterWindows();
            NarRead read = NarStreamScan.Run(stream, claim.NarSize, hashes, scanner, cancellationToken, windows);
            cancellationToken.ThrowIfCancellationRequested();
            ContentsResult result = Result(read.Scan is { } found ? found with { NarHash = read.Hash } : null, location, claim.FindProblem(read));
            if (result.Scan is { Problems.IsEmpty: true } whole)
            {
                cache?.Add(whole, windows!);
            }

            return result;
        }

        PathScan scan = _trees.Run(contents.DirectoryPath!, hashes, scanner, cancellationToken);
        return Result(scan, location, claim.FindProblem(scan));
    }

    private static ContentsResult Result(PathScan? scan, string location, string? problem) =>
        scan is null ? ContentsResult.Failed(location, problem ?? "the NAR cannot be read.")
        : new ContentsResult(problem is null ? scan : scan with { Problems = [.. scan.Problems, new ScanProblem(location, problem)] }, []);
}
