using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>What is to be done, in pieces that a worker begins, and ends by what <see cref="LedgerResults"/> takes.</summary>
internal sealed class LedgerShards(LedgerDatabase database)
{
    /// <summary>How often a shard may be begun and not ended before what is in it is told apart, and each item is worked on with nothing else beside it.</summary>
    private const int MostTries = 3;

    /// <summary>How often an item that is worked on with nothing else beside it may end its worker: before, it may have been another that did.</summary>
    private const int MostTriesAlone = 3;

    /// <summary>How many shards are not done.</summary>
    public Task<long> CountOpenAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => transaction.CountAsync("SELECT count(*) FROM shard WHERE state IN (0, 1)"), cancellationToken);

    /// <summary>
    /// Takes shards whose names are to be published: those that never were; and those that were and that nobody began, or ended, since: who was to
    /// do that is gone. Roots wait until nothing is to be scanned.
    /// </summary>
    /// <param name="most">The most to take.</param>
    /// <param name="publishedBefore">Those that were published before, and not begun, are taken again.</param>
    /// <param name="startedBefore">Those that were begun before, and not ended, are taken again.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    public Task<List<string>> TakeUnpublishedAsync(int most, long publishedBefore, long startedBefore, CancellationToken cancellationToken) => database.RunAsync(
        // One statement, which sees one moment: a plan that is committed between two would have its roots published before its NARs are scanned.
        transaction => transaction.QueryAsync(
            database.Spell("""
                UPDATE shard SET published = @now WHERE id IN (
                  SELECT id FROM shard WHERE kind = CASE WHEN EXISTS(SELECT 1 FROM shard WHERE kind = 0 AND state IN (0, 1)) THEN 0 ELSE 1 END AND (
                    (state = 0 AND (published IS NULL OR published < @publishedBefore)) OR (state = 1 AND started < @startedBefore))
                  ORDER BY byte_count DESC, id LIMIT @most {skip locked})
                RETURNING id
                """),
            row => row.GetString(0),
            ("now", LedgerPlans.Now()),
            ("publishedBefore", publishedBefore),
            ("startedBefore", startedBefore),
            ("most", (long)most)),
        cancellationToken);

    /// <summary>Whether a shard was begun too often and never ended, so that it, or what was worked on beside it, may have ended its workers.</summary>
    public Task<bool> IsSuspectAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction => await transaction.CountAsync($"SELECT count(*) FROM shard WHERE id = @id AND tries >= {MostTries} AND state IN (0, 1)", ("id", id)).ConfigureAwait(false) > 0,
        cancellationToken);

    /// <summary>
    /// Begins a shard. One that was begun too often and never ended is halved, until the item that ends its workers is alone, and is poison.
    /// </summary>
    /// <returns>Null when nothing is to be done: it is done, or was halved.</returns>
    public Task<ShardTask?> BeginAsync(string id, string owner, CancellationToken cancellationToken) => database.RunAsync(
        async transaction =>
        {
            var begun = await transaction.QueryAsync(
                "UPDATE shard SET state = 1, tries = tries + 1, started = @now, owner = @owner WHERE id = @id AND state IN (0, 1) RETURNING kind, version, tries, item_count",
                row => (Kind: (ShardKind)row.GetInt64(0), Version: row.GetString(1), Tries: row.GetInt64(2), Count: row.GetInt64(3)),
                ("id", id),
                ("owner", owner),
                ("now", LedgerPlans.Now())).ConfigureAwait(false);
            if (begun is not [var shard])
            {
                return null;
            }

            if (shard.Tries > MostTries && shard.Count > 1)
            {
                await SplitAsync(transaction, id, shard.Kind, shard.Version).ConfigureAwait(false);
                return null;
            }

            if (shard.Tries > MostTries + MostTriesAlone)
            {
                await PoisonAsync(transaction, id, shard.Kind).ConfigureAwait(false);
                return null;
            }

            return shard.Kind == ShardKind.Scan ? await ReadNarsAsync(transaction, id, shard.Version).ConfigureAwait(false) : await ReadRootsAsync(transaction, id, shard.Version).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Gives a shard back that was begun, and cannot be ended now through no fault of its own.</summary>
    public Task ReturnAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        transaction => transaction.ExecuteAsync("UPDATE shard SET state = 0, tries = tries - 1, published = NULL WHERE id = @id AND state = 1", ("id", id)),
        cancellationToken);

    private static async Task<ShardTask?> ReadNarsAsync(LedgerTransaction transaction, string id, string version)
    {
        string directory = await StoreDirectoryAsync(transaction).ConfigureAwait(false);
        Dictionary<long, ImmutableArray<StorePath>.Builder> references = [];
        await transaction.ForEachAsync(
            "SELECT n.path_id, p.base_name FROM nar n JOIN reference r ON r.from_id = n.path_id JOIN path p ON p.id = r.to_id WHERE n.shard_id = @id AND n.state = 0",
            row =>
            {
                if (!references.TryGetValue(row.GetInt64(0), out ImmutableArray<StorePath>.Builder? list))
                {
                    references.Add(row.GetInt64(0), list = ImmutableArray.CreateBuilder<StorePath>());
                }

                list.Add(LedgerPaths.Parse(directory, row.GetString(1)));
            },
            ("id", id)).ConfigureAwait(false);
        List<NarTask> nars = await transaction.QueryAsync(
            "SELECT p.id, p.base_name, n.nar_hash, n.nar_size, p.deriver, p.content_address, n.wanted FROM nar n JOIN path p ON p.id = n.path_id WHERE n.shard_id = @id AND n.state = 0 ORDER BY n.nar_size DESC, p.id",
            row => new NarTask(
                LedgerPaths.Read(row, directory, references.TryGetValue(row.GetInt64(0), out ImmutableArray<StorePath>.Builder? list) ? list.DrainToImmutable().Sort() : []),
                row.GetInt64(6)),
            ("id", id)).ConfigureAwait(false);
        return new ShardTask(id, ShardKind.Scan, version) { Nars = [.. nars] };
    }

    private static async Task<ShardTask?> ReadRootsAsync(LedgerTransaction transaction, string id, string version) => new(id, ShardKind.Judge, version)
    {
        Roots = [.. await transaction.QueryAsync("SELECT root_id, host FROM judgement WHERE shard_id = @id AND state = 0 ORDER BY root_id", row => (row.GetInt64(0), row.GetString(1)), ("id", id)).ConfigureAwait(false)],
    };

    private static async Task<string> StoreDirectoryAsync(LedgerTransaction transaction) =>
        (await transaction.QueryAsync("SELECT value FROM setting WHERE name = 'store_directory'", row => row.GetString(0)).ConfigureAwait(false)).FirstOrDefault(StorePath.DefaultStoreDirectory);

    private static async Task SplitAsync(LedgerTransaction transaction, string id, ShardKind kind, string version)
    {
        // The columns that tell one item of the shard from another.
        (string table, string key) = kind == ShardKind.Scan ? ("nar", "path_id") : ("judgement", "root_id");
        List<long> items = await transaction.QueryAsync($"SELECT {key} FROM {table} WHERE shard_id = @id ORDER BY {key}", row => row.GetInt64(0), ("id", id)).ConfigureAwait(false);
        foreach (long[] half in items.Chunk((items.Count + 1) / 2))
        {
            string name = LedgerPlans.ShardId(kind, version, id, half.Select(item => item.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            await transaction.ExecuteAsync($"UPDATE {table} SET shard_id = @name WHERE shard_id = @id AND {key} IN ({LedgerPaths.ListOf(half)})", ("name", name), ("id", id)).ConfigureAwait(false);
            string bytes = kind == ShardKind.Scan ? "(SELECT coalesce(sum(nar_size), 0) FROM nar WHERE shard_id = @name)" : "0";
            await transaction.ExecuteAsync(
                $"INSERT INTO shard(id, kind, version, state, item_count, byte_count, tries) VALUES(@name, @kind, @version, 0, @count, {bytes}, 0) ON CONFLICT DO NOTHING",
                ("name", name),
                ("kind", (long)kind),
                ("version", version),
                ("count", (long)half.Length)).ConfigureAwait(false);
        }

        await transaction.ExecuteAsync("UPDATE shard SET state = 4 WHERE id = @id", ("id", id)).ConfigureAwait(false);
    }

    private static async Task PoisonAsync(LedgerTransaction transaction, string id, ShardKind kind)
    {
        string set = kind == ShardKind.Scan ? "nar SET state = 3, reason = 'poison', message" : "judgement SET state = 3, complete = 0, message";
        await transaction.ExecuteAsync($"UPDATE {set} = 'it ended its worker {MostTries + MostTriesAlone} times' WHERE shard_id = @id AND state = 0", ("id", id)).ConfigureAwait(false);
        await transaction.ExecuteAsync("UPDATE shard SET state = 3 WHERE id = @id", ("id", id)).ConfigureAwait(false);
    }
}
