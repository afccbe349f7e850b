using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>Evaluations with their jobs, and what is to be done for them and is not yet: all in one transaction, so that there is a plan or none.</summary>
internal sealed class LedgerPlans(LedgerDatabase database)
{
    /// <summary>The most NARs of a shard where nobody says: about as many as a minute's work, and few enough that a lost one costs little.</summary>
    public const int UsualNars = 256;

    /// <summary>The most bytes of a shard's NARs; a larger NAR is alone.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>The most roots of a shard.</summary>
    public const int MostRoots = 16;

    private static readonly string[] ShardColumns = ["id", "kind", "version", "state", "item_count", "byte_count", "tries"];

    /// <summary>Says what an evaluation's jobs are, and plans what their closures need and was not planned before.</summary>
    /// <param name="evaluation">Its name. Jobs that it had before and no more has are forgotten.</param>
    /// <param name="jobs">Its jobs; their closures are among the ledger's paths.</param>
    /// <param name="members">The paths of their closures.</param>
    /// <param name="work">How they are scanned and judged.</param>
    /// <param name="mostNars">The most NARs of a shard.</param>
    /// <param name="retries">Whether what could not be read, or was poison, is to be tried again.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    public Task<PlanResult> AddAsync(string evaluation, IReadOnlyCollection<PlannedJob> jobs, IReadOnlySet<long> members, WorkVersion work, int mostNars, bool retries, CancellationToken cancellationToken) => database.RunAsync(
        async transaction =>
        {
            string now = Now().ToString(CultureInfo.InvariantCulture);
            await AddEvaluationAsync(transaction, evaluation, jobs, work.Host).ConfigureAwait(false);
            await transaction.InsertAsync("setting", ["name", "value"], [["judge_version", work.Judge]], "ON CONFLICT(name) DO UPDATE SET value = excluded.value").ConfigureAwait(false);
            List<Unit> units = await FindNewAsync(transaction, members, work.Scan).ConfigureAwait(false);
            List<Unit> again = retries ? await FindFailedAsync(transaction, members, work.Scan).ConfigureAwait(false) : [];
            List<Shard> shards = [.. Cut(units, work.Scan, mostNars, ""), .. Cut(again, work.Scan, mostNars, now)];
            await transaction.InsertAsync(
                "nar",
                ["nar_hash", "wanted", "version", "shard_id", "path_id", "nar_size", "state"],
                shards.SelectMany(shard => shard.Units.Select(unit => new object?[] { unit.NarHash, unit.Wanted, work.Scan, shard.Id, unit.PathId, unit.NarSize, 0L })),
                "ON CONFLICT(nar_hash, wanted, version) DO UPDATE SET shard_id = excluded.shard_id, state = 0, reason = NULL, message = NULL, facts = NULL").ConfigureAwait(false);
            List<Shard> judging = await PlanJudgingAsync(transaction, [.. jobs.Select(job => PathId.Of(job.Root)).Distinct().Order()], work, shards.Count > 0, now).ConfigureAwait(false);
            await transaction.InsertAsync(
                "shard",
                ShardColumns,
                shards.Select(shard => Row(shard, ShardKind.Scan, work.Scan)).Concat(judging.Select(shard => Row(shard, ShardKind.Judge, work.Judge)))).ConfigureAwait(false);
            return new PlanResult(shards.Sum(shard => shard.Units.Count), shards.Sum(shard => shard.ByteCount), judging.Sum(shard => shard.Units.Count), shards.Count + judging.Count) { JobCount = jobs.Count };
        },
        cancellationToken);

    /// <summary>Milliseconds since 1970.</summary>
    public static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>A shard's name, made of what is in it: the same plan gives the same.</summary>
    public static string ShardId(ShardKind kind, string version, string salt, IEnumerable<string> keys)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\n{version}\n{salt}\n"));
        foreach (string key in keys)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(key + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash())[..32];
    }

    private static async Task AddEvaluationAsync(LedgerTransaction transaction, string evaluation, IReadOnlyCollection<PlannedJob> jobs, string host)
    {
        // Hydra numbers its evaluations; of others the later planned is the later.
        long ordinal = long.TryParse(evaluation, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : 1 + await transaction.CountAsync("SELECT coalesce(max(ordinal), 0) FROM evaluation").ConfigureAwait(false);
        await transaction.InsertAsync("evaluation", ["name", "ordinal", "planned_at"], [[evaluation, ordinal, Now()]]).ConfigureAwait(false);
        await transaction.ExecuteAsync("DELETE FROM job WHERE evaluation = @evaluation", ("evaluation", evaluation)).ConfigureAwait(false);
        await transaction.InsertAsync(
            "job", ["evaluation", "name", "root_id", "host"], jobs.OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => new object?[] { evaluation, job.Name, PathId.Of(job.Root), host })).ConfigureAwait(false);
    }

    private static async Task<List<Unit>> FindNewAsync(LedgerTransaction transaction, IReadOnlySet<long> members, string version)
    {
        SortedDictionary<string, Unit> units = new(StringComparer.Ordinal);
        await transaction.ForEachAsync(
            "SELECT p.nar_hash, p.wanted, p.id, p.nar_size FROM path p WHERE p.nar_hash IS NOT NULL AND NOT EXISTS"
            + "(SELECT 1 FROM nar n WHERE n.nar_hash = p.nar_hash AND n.wanted = p.wanted AND n.version = @version)",
            row =>
            {
                Unit unit = new((byte[])row.GetValue(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

                // Of several paths with one NAR the first by number stands for all, whoever planned.
                if (members.Contains(unit.PathId) && (!units.TryGetValue(unit.Key, out Unit? known) || unit.PathId < known.PathId))
                {
                    units[unit.Key] = unit;
                }
            },
            ("version", version)).ConfigureAwait(false);
        return [.. units.Values];
    }

    private static async Task<List<Unit>> FindFailedAsync(LedgerTransaction transaction, IReadOnlySet<long> members, string version)
    {
        List<Unit> units = await transaction.QueryAsync(
            "SELECT nar_hash, wanted, path_id, nar_size FROM nar WHERE version = @version AND state IN (2, 3) ORDER BY nar_hash, wanted",
            row => new Unit((byte[])row.GetValue(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            ("version", version)).ConfigureAwait(false);
        return [.. units.Where(unit => members.Contains(unit.PathId))];
    }

    private static async Task<List<Shard>> PlanJudgingAsync(LedgerTransaction transaction, long[] roots, WorkVersion work, bool isSomethingNew, string now)
    {
        Dictionary<long, bool> judged = [];
        await transaction.ForEachAsync(
            "SELECT root_id, state, complete FROM judgement WHERE version = @version AND host = @host",
            row => judged[row.GetInt64(0)] = row.GetInt64(1) == (long)ItemState.Open || (!row.IsDBNull(2) && row.GetInt64(2) == 1),
            ("version", work.Judge),
            ("host", work.Host)).ConfigureAwait(false);

        // What lacked something is judged again when something came.
        long[] first = [.. roots.Where(root => !judged.ContainsKey(root))];
        long[] again = isSomethingNew ? [.. roots.Where(root => judged.TryGetValue(root, out bool isWhole) && !isWhole)] : [];
        List<Shard> shards = [.. Group(first, work, ""), .. Group(again, work, now)];
        await transaction.InsertAsync(
            "judgement",
            ["root_id", "host", "version", "shard_id", "state"],
            shards.SelectMany(shard => shard.Units.Select(unit => new object?[] { unit.PathId, work.Host, work.Judge, shard.Id, 0L })),
            "ON CONFLICT(root_id, host, version) DO UPDATE SET shard_id = excluded.shard_id, state = 0").ConfigureAwait(false);
        return shards;
    }

    private static IEnumerable<Shard> Group(long[] roots, WorkVersion work, string salt) => roots.Chunk(MostRoots).Select(chunk => new Shard(
        ShardId(ShardKind.Judge, work.Judge + work.Host, salt, chunk.Select(root => root.ToString(CultureInfo.InvariantCulture))),
        [.. chunk.Select(root => new Unit([], 0, root, 0))]));

    /// <summary>Cuts sorted units where the next one would be too much.</summary>
    private static IEnumerable<Shard> Cut(List<Unit> units, string version, int mostNars, string salt)
    {
        List<Unit> shard = [];
        long bytes = 0;
        foreach (Unit unit in units)
        {
            if (unit.NarSize > MostBytes)
            {
                yield return Make([unit]);
                continue;
            }

            if (shard.Count == mostNars || bytes + unit.NarSize > MostBytes)
            {
                yield return Make(shard);
                (shard, bytes) = ([], 0);
            }

            shard.Add(unit);
            bytes += unit.NarSize;
        }

        if (shard.Count > 0)
        {
            yield return Make(shard);
        }

        Shard Make(List<Unit> of) => new(ShardId(ShardKind.Scan, version, salt, of.Select(unit => unit.Key)), of);
    }

    private static object?[] Row(Shard shard, ShardKind kind, string version) => [shard.Id, (long)kind, version, (long)ShardState.Queued, (long)shard.Units.Count, shard.ByteCount, 0L];

    private sealed record Unit(byte[] NarHash, long Wanted, long PathId, long NarSize)
    {
        public string Key { get; } = $"{Convert.ToHexStringLower(NarHash)}/{Wanted:x16}";
    }

    private sealed record Shard(string Id, List<Unit> Units)
    {
        public long ByteCount { get; } = Units.Sum(unit => unit.NarSize);
    }
}
