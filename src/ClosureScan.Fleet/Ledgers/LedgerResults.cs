using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>What came of shards: all results of one and its state in one transaction, so that nothing is lost and nothing is counted twice.</summary>
internal sealed class LedgerResults(LedgerDatabase database)
{
    /// <summary>Ends a shard of NARs.</summary>
    /// <returns>False when somebody else had ended it: nothing was written.</returns>
    public Task<bool> CompleteAsync(ShardTask shard, IReadOnlyCollection<NarResult> results, CancellationToken cancellationToken) => database.RunAsync(
        async transaction =>
        {
            if (!await EndAsync(transaction, shard).ConfigureAwait(false))
            {
                return false;
            }

            await transaction.InsertAsync(
                "nar",
                ["nar_hash", "wanted", "version", "shard_id", "path_id", "nar_size", "state", "reason", "message", "platform", "file_count", "facts"],
                results.OrderBy(result => result.Task.Info.NarHash!.Value.ToString(), StringComparer.Ordinal).Select(result => new object?[]
                {
                    LedgerPaths.Bytes(result.Task.Info.NarHash!.Value), result.Task.Wanted, shard.Version, shard.Id, PathId.Of(result.Task.Info.Path), result.Task.Info.NarSize ?? 0,
                    (long)(result.Reason is null ? ItemState.Done : ItemState.Unreadable), result.Reason, result.Message, result.Platform, result.FileCount, result.Facts,
                }),
                """
                ON CONFLICT(nar_hash, wanted, version) DO UPDATE SET state = excluded.state, reason = excluded.reason, message = excluded.message,
                platform = excluded.platform, file_count = excluded.file_count, facts = excluded.facts WHERE nar.state = 0
                """).ConfigureAwait(false);
            CrashPoint.Reach(CrashPoint.InCommit);
            return true;
        },
        cancellationToken);

    /// <summary>Ends a shard of roots.</summary>
    /// <returns>False when somebody else had ended it: nothing was written.</returns>
    public Task<bool> CompleteAsync(ShardTask shard, IReadOnlyCollection<RootResult> results, CancellationToken cancellationToken) => database.RunAsync(
        async transaction =>
        {
            if (!await EndAsync(transaction, shard).ConfigureAwait(false))
            {
                return false;
            }

            foreach (RootResult result in results)
            {
                // A root that was judged before without all of its NARs has other findings now.
                await transaction.ExecuteAsync(
                    "DELETE FROM occurrence WHERE root_id = @root AND host = @host AND version = @version", ("root", result.Root), ("host", result.Host), ("version", shard.Version)).ConfigureAwait(false);
                await transaction.ExecuteAsync(
                    """
                    UPDATE judgement SET state = 1, found_host = @foundHost, complete = @complete, path_count = @pathCount, closure_size = @closureSize, message = @message
                    WHERE root_id = @root AND host = @host AND version = @version
                    """,
                    ("root", result.Root),
                    ("host", result.Host),
                    ("version", shard.Version),
                    ("foundHost", result.FoundHost),
                    ("complete", result.Problem is null ? 1L : 0L),
                    ("pathCount", (long)result.PathCount),
                    ("closureSize", result.ClosureSize),
                    ("message", result.Problem)).ConfigureAwait(false);
            }

            await transaction.InsertAsync(
                "occurrence",
                [
                    "root_id", "host", "version", "finding", "number", "key", "rule", "effect", "severity", "from_id", "to_id", "package", "target", "mechanism", "file", "hit_count", "freed_bytes", "fix",
                ],
                results.SelectMany(result => result.Occurrences.Select(row => new object?[]
                {
                    result.Root, result.Host, shard.Version, row.Finding, (long)row.Number, row.Key, row.Rule, row.Effect, row.Severity, row.From, row.To, row.Package, row.Target, row.Mechanism, row.File,
                    row.HitCount, row.FreedBytes, row.Fix,
                }))).ConfigureAwait(false);
            CrashPoint.Reach(CrashPoint.InJudging);
            return true;
        },
        cancellationToken);

    /// <summary>The closure of a root with all that was scanned of it.</summary>
    public Task<List<StoredPath>> ReadClosureAsync(long root, string scanVersion, string storeDirectory, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction =>
        {
            var paths = await LedgerPaths.ReadClosureAsync(transaction, root, storeDirectory).ConfigureAwait(false);
            Dictionary<long, (ItemState State, string? Message, byte[]? Facts)> nars = [];
            foreach (long[] batch in paths.Select(path => path.Id).Chunk(500))
            {
                await transaction.ForEachAsync(
                    $"SELECT p.id, n.state, n.message, n.facts FROM path p JOIN nar n ON n.nar_hash = p.nar_hash AND n.wanted = p.wanted AND n.version = @version WHERE p.id IN ({LedgerPaths.ListOf(batch)})",
                    row => nars[row.GetInt64(0)] = ((ItemState)row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : (byte[])row.GetValue(3)),
                    ("version", scanVersion)).ConfigureAwait(false);
            }

            return paths.ConvertAll(path => nars.TryGetValue(path.Id, out var nar)
                ? new StoredPath(path.Info, nar.State, nar.Message, nar.Facts)
                : new StoredPath(path.Info, path.Info.NarHash is null ? ItemState.Unreadable : ItemState.Open, path.Info.NarHash is null ? "no cache has it, and something refers to it" : null, null));
        },
        cancellationToken);

    // The row stays locked to the end of the transaction: of two workers that come with the same shard the second finds it ended.
    private static async Task<bool> EndAsync(LedgerTransaction transaction, ShardTask shard) =>
        await transaction.ExecuteAsync("UPDATE shard SET state = 2, ended = @now WHERE id = @id AND state IN (0, 1)", ("id", shard.Id), ("now", LedgerPlans.Now())).ConfigureAwait(false) == 1;
}
