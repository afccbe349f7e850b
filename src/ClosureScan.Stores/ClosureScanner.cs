using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Compression;
using ClosureScan.Stores.Directories;

namespace ClosureScan.Stores;

/// <summary>
/// Scans closures: walks the references that the store claims from the roots, then reads every path once and searches it
/// for the hashes of the closure.
/// </summary>
public static class ClosureScanner
{
    /// <summary>
    /// Scans the closure of <paramref name="roots"/>. What cannot be read or fails a check becomes a problem of the result,
    /// which is then incomplete; only the roots themselves must be there.
    /// </summary>
    /// <param name="store">Where the paths live.</param>
    /// <param name="roots">At least one path of the store.</param>
    /// <param name="options">How to scan; null for the defaults.</param>
    /// <param name="progress">Told on the threads that scan.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <returns>The closure with its paths sorted; equal for equal stores, whatever the order of scanning.</returns>
    /// <exception cref="ArgumentException">There is no root, or Jobs is below 1.</exception>
    /// <exception cref="StoreException">A root is not in the store, or the store's metadata cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public static async Task<ScannedClosure> ScanAsync(
        IStore store,
        IEnumerable<StorePath> roots,
        ClosureScanOptions? options = null,
        IProgress<ScanProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(roots);
        options ??= ClosureScanOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        ImmutableArray<StorePath> rootPaths = [.. roots.Distinct().Order()];
        if (rootPaths.IsEmpty)
        {
            throw new ArgumentException("A closure has at least one root.", nameof(roots));
        }

        ClosureWalk walk = await ClosureWalk.RunAsync(store, rootPaths, options.Jobs, progress, cancellationToken).ConfigureAwait(false);
        PathScan?[] scans = new PathScan?[walk.Infos.Length];
        if (!options.MetadataOnly || store is DirectoryStore)
        {
            ReferenceSet references = ReferenceSet.Create(walk.Infos.Select(info => info.Path));
            await new ParallelScan(store, walk.Infos, references, scans, options, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return new ScannedClosure
        {
            StoreDirectory = store.StoreDirectory,
            Roots = rootPaths,
            Paths = [.. walk.Infos.Select((info, index) => new ScannedPath(info, scans[index]))],
            Problems = [.. walk.Problems, .. scans.SelectMany(scan => scan?.Problems ?? [])],
        };
    }

    /// <summary>
    /// Reads the contents of some paths of a closure that was scanned with <see cref="ClosureScanOptions.MetadataOnly"/>: a question
    /// about a few paths costs the reading of those alone.
    /// </summary>
    /// <param name="store">The store that the closure is from.</param>
    /// <param name="closure">The closure.</param>
    /// <param name="paths">The paths to read; those that are read already, or are not in the closure, are passed over.</param>
    /// <param name="options">How to scan; null for the defaults.</param>
    /// <param name="progress">Told on the threads that scan.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <returns>The closure with these paths' scans and problems; what they find is what a scan of the whole closure finds in them.</returns>
    /// <exception cref="ArgumentException">Jobs is below 1.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public static async Task<ScannedClosure> ReadAsync(
        IStore store,
        ScannedClosure closure,
        IEnumerable<StorePath> paths,
        ClosureScanOptions? options = null,
        IProgress<ScanProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(closure);
        ArgumentNullException.ThrowIfNull(paths);
        options ??= ClosureScanOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        HashSet<StorePath> wanted = [.. paths];
        ImmutableArray<PathInfo> infos = [.. closure.Paths.Where(path => path.Scan is null && wanted.Contains(path.Info.Path)).Select(path => path.Info)];
        PathScan?[] scans = new PathScan?[infos.Length];
        ReferenceSet references = ReferenceSet.Create(closure.Paths.Select(path => path.Info.Path));
        await new ParallelScan(store, infos, references, scans, options, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<StorePath, PathScan?> read = infos.Select((info, index) => (info.Path, scans[index])).ToDictionary();
        return closure with
        {
            Paths = [.. closure.Paths.Select(path => read.TryGetValue(path.Info.Path, out PathScan? scan) ? path with { Scan = scan } : path)],
            Problems = [.. closure.Problems, .. scans.SelectMany(scan => scan?.Problems ?? [])],
        };
    }

    /// <summary>Workers that take the next largest path each, so that the last one running is a small one.</summary>
    private sealed class ParallelScan(
        IStore store, ImmutableArray<PathInfo> infos, ReferenceSet references, PathScan?[] scans, ClosureScanOptions options, IProgress<ScanProgress>? progress)
    {
        private readonly int[] _order = [.. Enumerable.Range(0, infos.Length).OrderByDescending(index => infos[index].NarSize ?? long.MaxValue)];
        private readonly ScanOptions _scanOptions = ScanOptionsOf(options);
        private int _next = -1;
        private int _done;
        private long _bytes;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            using CancellationTokenSource failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task[] workers = new Task[Math.Min(options.Jobs, infos.Length)];
            for (int i = 0; i < workers.Length; i++)
            {
                // A worker blocks on the disk: it gets a thread of its own.
                workers[i] = Task.Factory.StartNew(
                    () => WorkAsync(failure), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            }

            await Task.WhenAll(workers).ConfigureAwait(false);
            progress?.Report(new ScanProgress(_done, infos.Length, _bytes, null));
        }

        private static ScanOptions ScanOptionsOf(ClosureScanOptions options) => options.Scan with
        {
            ComputeNarHash = options.Scan.ComputeNarHash || options.VerifyHashes,
            Decoders = options.Scan.Deep ? ContentDecoders.AddTo(options.Scan.Decoders) : options.Scan.Decoders,
        };

        private async Task WorkAsync(CancellationTokenSource failure)
        {
            try
            {
                PathScanner scanner = new(references, _scanOptions);
                for (int i = Interlocked.Increment(ref _next); i < _order.Length; i = Interlocked.Increment(ref _next))
                {
                    failure.Token.ThrowIfCancellationRequested();
                    PathInfo info = infos[_order[i]];
                    progress?.Report(new ScanProgress(Volatile.Read(ref _done), infos.Length, Interlocked.Read(ref _bytes), info.Path));
                    PathScan scan = await store.ScanAsync(info, scanner, failure.Token).ConfigureAwait(false);
                    scans[_order[i]] = scan;
                    Interlocked.Add(ref _bytes, scan.NarSize);
                    Interlocked.Increment(ref _done);
                }
            }
            catch
            {
                // One failed worker ends the others; the caller gets its exception, not their cancellations.
                await failure.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
