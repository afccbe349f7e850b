using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Follows references from the roots. What the store knows of a path is asked; where it knows no references, the path's bytes are
/// scanned for the hashes of all paths of the store, as Nix would have done when it registered the path.
/// </summary>
internal sealed class ClosureWalk : IDisposable
{
    /// <summary>Queries to a store wait more than they work; so many are under way at once.</summary>
    private const int MostQueries = 16;

    // Half of what a number holds: the other half is for what is measured where nothing is claimed.
    private const long MaxTotalSize = 1L << 62;

    private readonly IStore _store;
    private readonly ClosureScanOptions _options;
    private readonly IProgress<ScanProgress>? _progress;
    private readonly ConcurrentDictionary<StorePath, PathInfo> _infos = [];
    private readonly ConcurrentDictionary<StorePath, string> _missing = [];
    private readonly ConcurrentDictionary<StorePath, ContentsResult> _scans = [];
    private readonly HashSet<StorePath> _seen = [];
    private readonly WorkQueue _queue = new();
    private readonly ManualResetEventSlim _needsNoReading = new();
    private readonly SemaphoreSlim _turns;
    private int _threads;
    private readonly Lazy<(Dictionary<StorePathHash, StorePath> ByHash, ContentsScan Contents)?> _listing;
    private long _bytes;

    public ClosureWalk(IStore store, ClosureScanOptions options, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        _store = store;
        _options = options;
        _progress = progress;
        _turns = new SemaphoreSlim(options.Jobs);
        _listing = new(() => List(cancellationToken));
    }

    /// <summary>What was found, sorted by path.</summary>
    public ImmutableArray<PathInfo> Infos { get; private set; } = [];

    /// <summary>What was read on the way.</summary>
    public IReadOnlyDictionary<StorePath, ContentsResult> Scans => _scans;

    /// <summary>What is missing or malformed, sorted by path.</summary>
    public ImmutableArray<ScanProblem> Problems { get; private set; } = [];

    /// <summary>Walks.</summary>
    /// <exception cref="StoreException">A root is missing, or what the store claims of it is malformed.</exception>
    public async Task RunAsync(ImmutableArray<StorePath> roots, CancellationToken cancellationToken)
    {
        Enqueue(roots);
        await Crew.RunAsync(Math.Max(_options.Jobs, (_store as IDistantStore)?.QueriesAtOnce ?? MostQueries), Work, cancellationToken).ConfigureAwait(false);
        foreach (StorePath root in roots)
        {
            if (_missing.TryGetValue(root, out string? problem))
            {
                throw new StoreException(problem.Length > 0 ? problem : $"{root} is not in {_store.Location}.");
            }
        }

        Infos = [.. _infos.Values.OrderBy(info => info.Path)];

        // Of several that refer to a missing path the first by name is told, whoever came first.
        Dictionary<StorePath, StorePath> referrers = [];
        foreach (PathInfo info in Infos)
        {
            foreach (StorePath reference in info.References ?? [])
            {
                referrers.TryAdd(reference, info.Path);
            }
        }

        List<ScanProblem> problems =
        [
            .. _missing.OrderBy(missing => missing.Key).Select(missing => new ScanProblem(missing.Key.ToString(), missing.Value.Length > 0
                ? missing.Value
                : $"not in {_store.Location}, but {referrers[missing.Key]} refers to it: copy the whole closure there (nix copy).")),
        ];
        IReadOnlyDictionary<StorePath, string>? doubts = (_store as IDoubtingStore)?.Doubts;
        problems.AddRange(Infos.Where(info => doubts?.ContainsKey(info.Path) == true).Select(info => new ScanProblem(info.Path.ToString(), doubts![info.Path])));
        problems.AddRange(SharedHashes(Infos));
        Infos = WithoutImpossibleSizes(Infos, problems);
        Problems = [.. problems.OrderBy(problem => problem.Path, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Dispose();
        _needsNoReading.Dispose();
        _turns.Dispose();
    }

    /// <summary>Of two paths with one hash, which only a broken store has, nobody can tell which one a reference means.</summary>
    private static IEnumerable<ScanProblem> SharedHashes(ImmutableArray<PathInfo> infos) => infos.GroupBy(info => info.Path.Hash)
        .SelectMany(paths => paths.Skip(1).Select(info => new ScanProblem(
            info.Path.ToString(), $"{paths.First().Path} has the same hash, so references to the two cannot be told apart. Repair the store's metadata, or make it anew.")));

    /// <summary>Forgets sizes that no closure can have, so that every sum of sizes behind here fits a number: below 0, or past <see cref="MaxTotalSize"/> in all.</summary>
    private static ImmutableArray<PathInfo> WithoutImpossibleSizes(ImmutableArray<PathInfo> infos, List<ScanProblem> problems)
    {
        long total = 0;
        return [.. infos.Select(info =>
        {
            if (info.NarSize is not { } size || (size >= 0 && size <= MaxTotalSize - total))
            {
                total += info.NarSize ?? 0;
                return info;
            }

            problems.Add(new ScanProblem(info.Path.ToString(), $"the store claims a NAR of {size} bytes, which cannot be. Repair its metadata, or copy the path anew."));
            return info with { NarSize = null };
        })];
    }

    /// <summary>Beside the jobs, which may read, the other threads ask only once it is known that asking is all there is to do.</summary>
    private void Work(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _threads) > _options.Jobs)
        {
            _needsNoReading.Wait(cancellationToken);
        }

        _queue.Work(cancellationToken);
        _needsNoReading.Set();
    }

    private void Visit(StorePath path, CancellationToken cancellationToken)
    {
        if (Find(path, cancellationToken) is { } info)
        {
            _infos[path] = info;
            Enqueue(info.References ?? []);
        }
    }

    private void Enqueue(ImmutableArray<StorePath> paths)
    {
        int seen;
        lock (_seen)
        {
            foreach (StorePath path in paths)
            {
                if (_seen.Add(path))
                {
                    _queue.Add(token => Visit(path, token));
                }
            }

            seen = _seen.Count;
        }

        _progress?.Report(new ScanProgress(_scans.Count, seen, Interlocked.Read(ref _bytes), null));
    }

    private PathInfo? Find(StorePath path, CancellationToken cancellationToken)
    {
        try
        {
            PathInfo? info = Blocking.Wait(_store.FindAsync(path, cancellationToken));
            if (info is null)
            {
                _missing[path] = "";
                return null;
            }

            if (info.References is not null)
            {
                _needsNoReading.Set();
                return info;
            }

            return _listing.Value is not { } listing ? info : Read(info, listing.ByHash, listing.Contents, cancellationToken);
        }
        catch (StoreException exception)
        {
            _missing[path] = exception.Message;
            return null;
        }
    }

    private PathInfo Read(PathInfo info, Dictionary<StorePathHash, StorePath> byHash, ContentsScan contents, CancellationToken cancellationToken)
    {
        ContentsResult result = contents.Run(info, cancellationToken);
        _scans[info.Path] = result;
        Interlocked.Add(ref _bytes, result.Scan?.NarSize ?? 0);
        return info with
        {
            NarSize = info.NarSize ?? (result.Scan is { Problems.IsEmpty: true } scan ? scan.NarSize : null),
            References = [.. (result.Scan?.References ?? []).Select(reference => byHash[reference.Target]).Order()],
        };
    }

    private (Dictionary<StorePathHash, StorePath>, ContentsScan)? List(CancellationToken cancellationToken)
    {
        if (_store is not IListableStore listable)
        {
            return null;
        }

        // Of two paths with one hash, which only a broken store has, the first by name counts.
        StorePath[] all = [.. listable.ListAsync(cancellationToken).ToBlockingEnumerable(cancellationToken).Order()];
        Dictionary<StorePathHash, StorePath> byHash = all.DistinctBy(path => path.Hash).ToDictionary(path => path.Hash);
        return (byHash, new ContentsScan(_store, _queue, new ScannerPool(ReferenceSet.Create(byHash.Keys), _options.ScanOptions), _options.VerifyHashes, _turns, _options.Logger));
    }
}
