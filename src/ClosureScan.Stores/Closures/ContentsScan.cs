using System.Diagnostics.CodeAnalysis;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Closures;

/// <summary>Opens the contents of one path, scans them and checks what is claimed of them. Blocks: a job has a thread of its own.</summary>
internal static class ContentsScan
{
    /// <summary>Opens the contents of one path. False, and what to tell, when they cannot be opened.</summary>
    /// <param name="store">The store.</param>
    /// <param name="info">A path of it.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="failure">What to tell.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static bool TryOpen(
        IStore store, PathInfo info, [NotNullWhen(true)] out StoreContents? contents, out ContentsResult failure, CancellationToken cancellationToken)
    {
        try
        {
            contents = Blocking.Wait(store.OpenAsync(info, cancellationToken));
            failure = default;
            return true;
        }
        catch (StoreException exception)
        {
            contents = null;
            failure = ContentsResult.Failed(exception.Place ?? info.Path.ToString(), exception.Message);
            return false;
        }
    }

    /// <summary>Scans one path, and closes its contents.</summary>
    /// <param name="contents">Its contents.</param>
    /// <param name="info">What the store claims of it.</param>
    /// <param name="scanner">Who scans.</param>
    /// <param name="verifies">Whether the store's claim is checked where the contents make none of their own.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public static ContentsResult Run(StoreContents contents, PathInfo info, PathScanner scanner, bool verifies, CancellationToken cancellationToken)
    {
        try
        {
            ClaimCheck claim = new(info, contents);
            bool hashes = scanner.Options.ComputeNarHash || contents.NarHash is not null || (verifies && claim.NarHash is not null);
            return contents.NarStream is { } stream
                ? ScanNar(stream, claim, hashes, contents.Location ?? info.Path.ToString(), scanner, cancellationToken)
                : ScanTree(contents, claim, hashes, info, scanner, cancellationToken);
        }
        finally
        {
            Blocking.Wait(contents.DisposeAsync());
        }
    }

    private static ContentsResult ScanTree(
        StoreContents contents, ClaimCheck claim, bool hashes, PathInfo info, PathScanner scanner, CancellationToken cancellationToken)
    {
        List<ScanProblem> problems = [];
        using Nar.TreeReader reader = contents.OpenReader(new WalkOptions { ComputeNarHash = hashes, OnProblem = problems.Add });
        PathScan scan = Blocking.Wait(scanner.ScanAsync(reader, cancellationToken)) with { Problems = [.. problems] };
        return claim.FindProblem(scan) is { } problem
            ? new ContentsResult(scan with { Problems = [new ScanProblem(contents.Location ?? info.Path.ToString(), problem)] }, [])
            : new ContentsResult(scan, []);
    }

    private static ContentsResult ScanNar(
        Stream stream, ClaimCheck claim, bool hashes, string location, PathScanner scanner, CancellationToken cancellationToken)
    {
        NarRead read = NarStreamScan.Run(stream, claim.NarSize, hashes, scanner, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        string? problem = claim.FindProblem(read);
        if (read.Scan is not { } scan)
        {
            return ContentsResult.Failed(location, problem ?? "the NAR cannot be read.");
        }

        scan = scan with { NarHash = read.Hash };
        return new ContentsResult(problem is null ? scan : scan with { Problems = [.. scan.Problems, new ScanProblem(location, problem)] }, []);
    }
}
