using System.Collections.Immutable;
using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Closures;

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

        options = options with { Scan = options.Scan with { StoreDirectory = store.Directory } };
        using ClosureWalk walk = new(store, options, progress, cancellationToken);
        await walk.RunAsync(rootPaths, cancellationToken).ConfigureAwait(false);
        ImmutableArray<PathInfo> infos = walk.Infos;
        Dictionary<StorePath, ContentsResult> results = walk.Scans.ToDictionary();
        if (!options.MetadataOnly)
        {
            ImmutableArray<PathInfo> unread = [.. infos.Where(info => !results.ContainsKey(info.Path))];
            ContentsQueue queue = new(store, unread, ReferenceSet.Create(infos.Select(info => info.Path)), options, progress);
            Add(results, unread, await queue.RunAsync(cancellationToken).ConfigureAwait(false));
        }

        IReadOnlyDictionary<StorePath, RecordedBuild> builds = await BuildRecords.ReadAsync(store, infos, options.Jobs, cancellationToken).ConfigureAwait(false);
        return new ScannedClosure
        {
            StoreDirectory = store.Directory,
            Depth = options.MetadataOnly ? ScanDepth.Metadata : options.Scan.Deep ? ScanDepth.Deep : ScanDepth.Contents,
            Roots = rootPaths,
            Paths = [.. infos.Select(info => new ScannedPath(info, results.GetValueOrDefault(info.Path).Scan) { Build = builds.GetValueOrDefault(info.Path) })],
            Problems =
            [
                .. walk.Problems,
                .. infos.SelectMany(info => results.GetValueOrDefault(info.Path).AllProblems),
                .. infos.Where(info => rootPaths.Contains(info.Path)).SelectMany(info => OpaqueRoot.ProblemsOf(info, results.GetValueOrDefault(info.Path).Scan)),
            ],
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
    internal static async Task<ScannedClosure> ReadAsync(
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
        options = options with { Scan = options.Scan with { StoreDirectory = store.Directory } };
        HashSet<StorePath> wanted = [.. paths];
        ImmutableArray<PathInfo> infos = [.. closure.Paths.Where(path => path.Scan is null && wanted.Contains(path.Info.Path)).Select(path => path.Info)];
        ReferenceSet references = ReferenceSet.Create(closure.Paths.Select(path => path.Info.Path));
        Dictionary<StorePath, ContentsResult> results = [];
        ContentsQueue queue = new(store, infos, references, options, progress);
        Add(results, infos, await queue.RunAsync(cancellationToken).ConfigureAwait(false));
        return closure with
        {
            // What was only probed stays a first look, however many of its paths are read.
            Depth = closure.Depth == ScanDepth.Suspects ? ScanDepth.Suspects : options.Scan.Deep ? ScanDepth.Deep : ScanDepth.Contents,
            Paths = [.. closure.Paths.Select(path => results.TryGetValue(path.Info.Path, out ContentsResult read) ? path with { Scan = read.Scan } : path)],
            Problems = [.. closure.Problems, .. infos.SelectMany(info => results[info.Path].AllProblems)],
        };
    }

    /// <summary>
    /// Reads of each path of a closure that was scanned by its metadata what tells its platform: the start of its NAR, mostly. Those that
    /// refer to a path of another platform are then to be read by <see cref="ReadAsync"/>.
    /// </summary>
    /// <param name="store">The store that the closure is from.</param>
    /// <param name="closure">The closure.</param>
    /// <param name="options">How to scan; null for the defaults.</param>
    /// <param name="progress">Told on the threads that read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The closure, each path with its platforms and the bytes that were read, and without references and a checked hash.</returns>
    /// <exception cref="ArgumentException">Jobs is below 1.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    internal static async Task<ScannedClosure> ProbeAsync(
        IStore store, ScannedClosure closure, ClosureScanOptions? options = null, IProgress<ScanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(closure);
        options ??= ClosureScanOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        PathScan?[] probes = new PathScan?[closure.Paths.Length];
        int next = -1;
        void Work(CancellationToken stop)
        {
            for (int index = Interlocked.Increment(ref next); index < probes.Length; index = Interlocked.Increment(ref next))
            {
                PathInfo info = closure.Paths[index].Info;
                progress?.Report(new ScanProgress(index, probes.Length, 0, info.Path));
                probes[index] = PlatformProbe.Run(store, info, stop);
            }
        }

        await Crew.RunAsync(Math.Min(probes.Length, Math.Max(options.Jobs, (store as IDistantStore)?.ReadsAtOnce ?? 0)), Work, cancellationToken).ConfigureAwait(false);
        return closure with
        {
            Depth = ScanDepth.Suspects,
            Paths = [.. closure.Paths.Select((path, index) => path with { Scan = probes[index] })],
            Problems = [.. closure.Problems, .. probes.SelectMany(probe => probe?.Problems ?? [])],
        };
    }

    private static void Add(Dictionary<StorePath, ContentsResult> results, ImmutableArray<PathInfo> infos, ContentsResult[] read)
    {
        for (int index = 0; index < read.Length; index++)
        {
            results[infos[index].Path] = read[index];
        }
    }
}
