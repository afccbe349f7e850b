using System.Collections.Concurrent;
using ClosureScan.Fleet.Dispatch;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Fleet.Working;

/// <summary>
/// Takes shards from a queue, scans or judges what is in them, writes what came of it to the ledger and only then acknowledges. Also publishes what the
/// ledger has to be done and the queue has not: whoever finds the queue empty looks.
/// </summary>
internal sealed class Worker(Ledger ledger, IShardQueue queue, StoreSlot stores, WorkerOptions options, IProgress<int>? progress = null) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    /// <summary>How many shards are under way: while one commits, the other is scanned.</summary>
    public const int ShardsAtOnce = 2;

    /// <summary>As many names as a queue is to hold; the ledger has the others.</summary>
    private const int MostPublished = 1000;

    private readonly SemaphoreSlim _turns = new(options.Jobs);
    private readonly SemaphoreSlim _shares = new(ShardsAtOnce);
    private readonly SemaphoreSlim _takingAll = new(1);
    private readonly SemaphoreSlim _publishing = new(1);
    private readonly long _start = LedgerPlans.Now();
    private int _failures;
    private int _narCount;

    /// <summary>Works.</summary>
    /// <param name="drains">Ends it once what it began is done.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="FleetException">The ledger or the queue cannot be used.</exception>
    /// <exception cref="StoreException">The cache cannot be reached, however often it was tried.</exception>
    public async Task RunAsync(CancellationToken drains, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [.. Enumerable.Range(0, ShardsAtOnce).Select(_ => Task.Run(() => LoopAsync(drains, stop.Token), CancellationToken.None))];
        try
        {
            await await Task.WhenAny(loops).ConfigureAwait(false);
        }
        catch
        {
            // One that fails ends the other; it is its failure that counts.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _turns.Dispose();
        _shares.Dispose();
        _takingAll.Dispose();
        _publishing.Dispose();
    }

    private async Task LoopAsync(CancellationToken drains, CancellationToken cancellationToken)
    {
        while (!drains.IsCancellationRequested)
        {
            if (await queue.ReceiveAsync(Idle, cancellationToken).ConfigureAwait(false) is { } delivery)
            {
                await DoAsync(delivery, cancellationToken).ConfigureAwait(false);
            }
            else if (!await PublishAsync(cancellationToken).ConfigureAwait(false)
                && options.EndsWhenDone
                && await ledger.Shards.CountOpenAsync(cancellationToken).ConfigureAwait(false) == 0)
            {
                return;
            }
        }
    }

    private async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await queue.CountAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
                return true;
            }

            // A queue in the process holds what this process published, and nobody else works.
            long now = LedgerPlans.Now();
            (long published, long started) = queue.IsShared
                ? (now - (long)options.PublishPatience.TotalMilliseconds, now - (long)options.ShardPatience.TotalMilliseconds)
                : (_start, _start);
            List<string> shards = await ledger.Shards.TakeUnpublishedAsync(MostPublished, published, started, cancellationToken).ConfigureAwait(false);
            CrashPoint.Reach(CrashPoint.BeforePublish);
            await queue.PublishAsync(shards, cancellationToken).ConfigureAwait(false);
            return shards.Count > 0;
        }
        finally
        {
            _publishing.Release();
        }
    }

    private async Task DoAsync(ShardDelivery delivery, CancellationToken cancellationToken)
    {
        int shares = await EnterAsync(await ledger.Shards.IsSuspectAsync(delivery.Shard, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        try
        {
            await WorkAsync(delivery, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _shares.Release(shares);
        }
    }

    /// <summary>Waits until a shard may be begun. One that may end its worker is begun when no other is, so that no other is taken for the guilty.</summary>
    /// <returns>How many shares it has, to be given back.</returns>
    private async Task<int> EnterAsync(bool isAlone, CancellationToken cancellationToken)
    {
        if (!isAlone)
        {
            await _shares.WaitAsync(cancellationToken).ConfigureAwait(false);
            return 1;
        }

        // Two that each had a share, and wanted all, would wait for ever.
        await _takingAll.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int share = 0; share < ShardsAtOnce; share++)
            {
                await _shares.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return ShardsAtOnce;
        }
        finally
        {
            _takingAll.Release();
        }
    }

    private async Task WorkAsync(ShardDelivery delivery, CancellationToken cancellationToken)
    {
        if (await ledger.Shards.BeginAsync(delivery.Shard, options.Name, cancellationToken).ConfigureAwait(false) is { } shard)
        {
            IStore store = await stores.GetAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await (shard.Kind == ShardKind.Scan ? ScanAsync(shard, store, cancellationToken) : JudgeAsync(shard, cancellationToken)).ConfigureAwait(false);
                Volatile.Write(ref _failures, 0);
            }
            catch (StoreException exception) when (ObservedStore.IsTransientFailure(exception))
            {
                await ledger.Shards.ReturnAsync(shard.Id, cancellationToken).ConfigureAwait(false);
                await delivery.AcknowledgeAsync().ConfigureAwait(false);
                await PauseAsync(store, exception, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        CrashPoint.Reach(CrashPoint.BeforeAcknowledge);
        await delivery.AcknowledgeAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync(IStore store, StoreException exception, CancellationToken cancellationToken)
    {
        int failures = Interlocked.Increment(ref _failures);
        if (failures >= options.MostFailures)
        {
            throw new FleetException(ErrorKind.Unreadable, $"{exception.Message}\nNothing is lost: run the same command again when the cache can be reached.", exception);
        }

        // A store that gave up a server does not ask it again; another one does.
        stores.Renew(store);
        await Task.Delay(options.FirstPause * Math.Pow(2, failures - 1), cancellationToken).ConfigureAwait(false);
    }

    private async Task ScanAsync(ShardTask shard, IStore store, CancellationToken cancellationToken)
    {
        NarScan scan = new(store, WorkVersion.IsDeep(shard.Version), options.NarPatience);
        ConcurrentBag<NarResult> results = [];
        await Parallel.ForEachAsync(shard.Nars, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellationToken }, async (nar, token) =>
        {
            await _turns.WaitAsync(token).ConfigureAwait(false);
            try
            {
                results.Add(await scan.RunAsync(nar, token).ConfigureAwait(false));
                progress?.Report(Interlocked.Increment(ref _narCount));
            }
            finally
            {
                _turns.Release();
            }
        }).ConfigureAwait(false);
        CrashPoint.Reach(CrashPoint.BeforeCommit);
        await ledger.Results.CompleteAsync(shard, results, cancellationToken).ConfigureAwait(false);
        CrashPoint.Reach(CrashPoint.AfterCommit);
    }

    private async Task JudgeAsync(ShardTask shard, CancellationToken cancellationToken)
    {
        string directory = await ledger.GetStoreDirectoryAsync(cancellationToken).ConfigureAwait(false);
        string scanVersion = WorkVersion.ScanOf(shard.Version);
        ScanDepth depth = WorkVersion.IsDeep(scanVersion) ? ScanDepth.Deep : ScanDepth.Contents;
        Dictionary<StorePath, PathScan?> facts = [];
        List<RootResult> results = [];
        foreach ((long root, string host) in shard.Roots)
        {
            List<StoredPath> paths = await ledger.Results.ReadClosureAsync(root, scanVersion, directory, cancellationToken).ConfigureAwait(false);
            results.Add(RootJudge.Judge(root, host, paths, directory, depth, facts, cancellationToken));
        }

        await ledger.Results.CompleteAsync(shard, results, cancellationToken).ConfigureAwait(false);
    }
}
