using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Caching;

namespace ClosureScan.Stores.Closures;

/// <summary>Scans the contents of many paths, with several threads that take the next largest each, and share what is left of the last.</summary>
internal sealed class ContentsQueue(IStore store, ImmutableArray<PathInfo> infos, ReferenceSet references, ClosureScanOptions options, IProgress<ScanProgress>? progress)
{
    private readonly ContentsResult[] _results = new ContentsResult[infos.Length];
    private readonly ConcurrentDictionary<NarHash, Lazy<ContentsResult>> _byHash = [];
    private int _done;
    private long _bytes;

    /// <summary>Scans all, and returns what came of each, in the order of the paths given.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<ContentsResult[]> RunAsync(CancellationToken cancellationToken)
    {
        using WorkQueue queue = new();
        using SemaphoreSlim turns = new(options.Jobs);
        CachedScans? cache = store is IDistantStore && options.Cache is { } kept ? new CachedScans(kept, references, options.ScanOptions) : null;
        ContentsScan contents = new(store, queue, new ScannerPool(references, options.ScanOptions), options.VerifyHashes, turns, options.Logger, cache);
        foreach (int index in Enumerable.Range(0, infos.Length).OrderByDescending(index => infos[index].NarSize ?? long.MaxValue))
        {
            queue.Add(token => Scan(contents, index, token));
        }

        int size = Math.Max(options.Jobs, Math.Min(infos.Length, (store as IDistantStore)?.ReadsAtOnce ?? 0));
        await Crew.RunAsync(size, queue.Work, cancellationToken).ConfigureAwait(false);
        progress?.Report(new ScanProgress(_done, infos.Length, _bytes, null));
        return _results;
    }

    private void Scan(ContentsScan contents, int index, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ScanProgress(Volatile.Read(ref _done), infos.Length, Interlocked.Read(ref _bytes), infos[index].Path));
        _results[index] = Scan(contents, infos[index], cancellationToken);
        Interlocked.Add(ref _bytes, _results[index].Scan?.NarSize ?? 0);
        Interlocked.Increment(ref _done);
    }

    /// <summary>Scans a path; of several with the same NAR behind a network only one is fetched, unless that fails.</summary>
    private ContentsResult Scan(ContentsScan contents, PathInfo info, CancellationToken cancellationToken)
    {
        if (store is IDistantStore && info.NarHash is { } hash)
        {
            bool isFirst = false;
            ContentsResult same = _byHash.GetOrAdd(hash, _ => new Lazy<ContentsResult>(() =>
            {
                isFirst = true;
                return contents.Run(info, cancellationToken);
            })).Value;
            if (isFirst || same.Scan is { Problems.IsEmpty: true })
            {
                return same;
            }
        }

        return contents.Run(info, cancellationToken);
    }
}
