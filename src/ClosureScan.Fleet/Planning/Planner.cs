using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Fleet.Planning;

/// <summary>
/// Brings the closures of an evaluation's jobs into a ledger, asking the caches only for what the ledger does not know, and plans what is to be done for
/// them. Ended anywhere, it goes on where it was.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="caches">The caches, each by itself: what each claims is written down.</param>
/// <param name="progress">Told how many paths are known.</param>
internal sealed class Planner(Ledger ledger, IReadOnlyList<IStore> caches, IProgress<int>? progress = null)
{
    private const int BatchSize = 512;

    /// <summary>The most NARs of a shard.</summary>
    public int MostNars { get; init; } = LedgerPlans.UsualNars;

    /// <summary>How many paths are asked for at once: answers of a server take long, and are small.</summary>
    private const int QueriesAtOnce = 32;

    /// <summary>Plans.</summary>
    /// <param name="evaluation">What to call the evaluation; null for its own name.</param>
    /// <param name="roots">Its jobs.</param>
    /// <param name="work">How they are to be scanned and judged.</param>
    /// <param name="retries">Whether what could not be read is tried again.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <exception cref="StoreException">A cache cannot be read, or makes a claim that nobody trusts.</exception>
    public async Task<PlanResult> PlanAsync(string? evaluation, EvaluationRoots roots, WorkVersion work, bool retries, CancellationToken cancellationToken)
    {
        await ledger.SetStoreDirectoryAsync(caches[0].Directory, cancellationToken).ConfigureAwait(false);
        HashSet<long> seen = [];
        HashSet<long> referred = [];
        Queue<StorePath> frontier = new(roots.Jobs.Select(job => job.Root).Where(root => seen.Add(PathId.Of(root))));
        while (frontier.Count > 0)
        {
            StorePath[] batch = [.. Enumerable.Range(0, Math.Min(BatchSize, frontier.Count)).Select(_ => frontier.Dequeue())];
            foreach ((long from, StorePath to) in await VisitAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                long id = PathId.Of(to);
                if (id != from)
                {
                    referred.Add(id);
                }

                if (seen.Add(id))
                {
                    frontier.Enqueue(to);
                }
            }

            progress?.Report(seen.Count);
            CrashPoint.Reach(CrashPoint.InPlan);
        }

        // Of all paths of a cache those are judged that nothing else there refers to: the others are in their closures.
        PlannedJob[] jobs = [.. roots.Name == RootSource.All ? roots.Jobs.Where(job => !referred.Contains(PathId.Of(job.Root))) : roots.Jobs];
        return await ledger.Plans.AddAsync(evaluation ?? roots.Name, jobs, seen, work, MostNars, retries, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every reference of some paths; those that the ledger did not know are there afterwards.</summary>
    private async Task<List<(long From, StorePath To)>> VisitAsync(StorePath[] paths, CancellationToken cancellationToken)
    {
        Dictionary<long, List<string>> known = await ledger.Paths.FindReferencesAsync([.. paths.Select(PathId.Of)], cancellationToken).ConfigureAwait(false);
        ConcurrentBag<(StorePath Path, ImmutableArray<(string Cache, PathInfo Info)> Claims)> found = [];
        await Parallel.ForEachAsync(
            paths.Where(path => !known.ContainsKey(PathId.Of(path))),
            new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = cancellationToken },
            async (path, token) => found.Add((path, await AskAsync(path, token).ConfigureAwait(false)))).ConfigureAwait(false);
        await ledger.Paths.AddAsync(found, cancellationToken).ConfigureAwait(false);
        string directory = caches[0].Directory;
        return
        [
            .. known.SelectMany(path => path.Value.Select(reference => (path.Key, LedgerPaths.Parse(directory, reference)))),
            .. found.Where(path => !path.Claims.IsEmpty).SelectMany(path => (path.Claims[0].Info.References ?? []).Select(reference => (PathId.Of(path.Path), reference))),
        ];
    }

    /// <summary>What the caches claim of a path, those that have it in their order.</summary>
    private async Task<ImmutableArray<(string Cache, PathInfo Info)>> AskAsync(StorePath path, CancellationToken cancellationToken)
    {
        ImmutableArray<(string, PathInfo)>.Builder claims = ImmutableArray.CreateBuilder<(string, PathInfo)>();
        foreach (IStore cache in caches)
        {
            if (await cache.FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } info)
            {
                continue;
            }

            if (info.NarHash is null || info.References is null)
            {
                throw new FleetException(ErrorKind.Unknown, $"{cache.Location} does not tell the hash of the NAR of {path}, or what it refers to. Plan from a binary cache, or from a store with a database.");
            }

            if ((cache as IDoubtingStore)?.Doubts.TryGetValue(path, out string? doubt) == true)
            {
                throw new FleetException(ErrorKind.Unreadable, $"{path}: {doubt}\nName its key by --trusted-key NAME:BASE64, or say --no-check-sigs to believe the cache.");
            }

            claims.Add((cache.Location, info));
        }

        return claims.DrainToImmutable();
    }
}
