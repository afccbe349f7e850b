using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Closures;

/// <summary>Scans the contents of many paths, with several threads that take the next largest each, so that the last one running is a small one.</summary>
internal sealed class ContentsQueue(IStore store, ImmutableArray<PathInfo> infos, ReferenceSet references, ClosureScanOptions options, IProgress<ScanProgress>? progress)
    : IDisposable
{
    private readonly int[] _order = [.. Enumerable.Range(0, infos.Length).OrderByDescending(index => infos[index].NarSize ?? long.MaxValue)];
    private readonly ContentsResult[] _results = new ContentsResult[infos.Length];
    private readonly ScannerPool _scanners = new(references, options.ScanOptions);
    private readonly SemaphoreSlim _scanning = new(options.Jobs);
    private int _next = -1;
    private int _done;
    private long _bytes;

    /// <summary>Scans all, and returns what came of each, in the order of the paths given.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<ContentsResult[]> RunAsync(CancellationToken cancellationToken)
    {
        int size = Math.Max(options.Jobs, (store as IDistantStore)?.ReadsAtOnce ?? 0);
        await Crew.RunAsync(Math.Min(size, infos.Length), Work, cancellationToken).ConfigureAwait(false);
        progress?.Report(new ScanProgress(_done, infos.Length, _bytes, null));
        return _results;
    }

    public void Dispose() => _scanning.Dispose();

    private void Work(CancellationToken cancellationToken)
    {
        for (int i = Interlocked.Increment(ref _next); i < _order.Length; i = Interlocked.Increment(ref _next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PathInfo info = infos[_order[i]];
            progress?.Report(new ScanProgress(Volatile.Read(ref _done), infos.Length, Interlocked.Read(ref _bytes), info.Path));
            ContentsResult result = _scanners.Scan(store, info, options.VerifyHashes, _scanning, cancellationToken);
            _results[_order[i]] = result;
            Interlocked.Add(ref _bytes, result.Scan?.NarSize ?? 0);
            Interlocked.Increment(ref _done);
        }
    }
}
