using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Fleet.Ledgers;

namespace ClosureScan.Fleet.Queries;

/// <summary>How far a ledger is, read at one moment.</summary>
internal sealed record FleetStatus
{
    /// <summary>The window that rates are of, in seconds.</summary>
    private const long Window = 300;

    /// <summary>NARs by what became of them: <c>queued</c>, <c>running</c>, <c>done</c>, <c>unreadable</c>, <c>poison</c>; and <c>lost</c>, which there must be none of.</summary>
    public required ImmutableArray<(string State, long Count, long Bytes)> Nars { get; init; }

    /// <summary>Roots by what became of them.</summary>
    public required ImmutableArray<(string State, long Count)> Roots { get; init; }

    /// <summary>NARs that could not be read, by cache and reason.</summary>
    public required ImmutableArray<(string Cache, string Reason, long Count)> Errors { get; init; }

    /// <summary>NARs that were done in the last five minutes, a second.</summary>
    public required double NarsPerSecond { get; init; }

    /// <summary>Their bytes, uncompressed, a second.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>All NARs that were ever planned.</summary>
    public long PlannedCount => Nars.Sum(state => state.Count);

    /// <summary>How many seconds what is left will take at that rate; null when nothing moves.</summary>
    public double? SecondsLeft
    {
        get
        {
            long left = Nars.Where(state => state.State is "queued" or "running").Sum(state => state.Bytes);
            return left == 0 ? 0 : BytesPerSecond > 0 ? left / BytesPerSecond : null;
        }
    }

    /// <summary>Whether all that was planned could be read and was judged.</summary>
    public bool IsWhole => Nars.All(item => item.State == "done") && Roots.All(item => item.State == "done");

    /// <summary>How many NARs are in that state.</summary>
    public long CountOf(string state) => Nars.Where(item => item.State == state).Sum(item => item.Count);

    /// <summary>Reads it.</summary>
    public static Task<FleetStatus> ReadAsync(Ledger ledger, CancellationToken cancellationToken) => ledger.Database.ReadAsync(
        async transaction =>
        {
            List<(string, long, long)> nars = await transaction.QueryAsync(
                """
                SELECT CASE WHEN n.state = 1 THEN 'done' WHEN n.state = 2 THEN 'unreadable' WHEN n.state = 3 THEN 'poison'
                  WHEN s.state = 0 THEN 'queued' WHEN s.state = 1 THEN 'running' ELSE 'lost' END AS state, count(*), coalesce(sum(n.nar_size), 0)
                FROM nar n LEFT JOIN shard s ON s.id = n.shard_id GROUP BY 1 ORDER BY 1
                """,
                row => (row.GetString(0), Number(row.GetValue(1)), Number(row.GetValue(2)))).ConfigureAwait(false);
            List<(string, long)> roots = await transaction.QueryAsync(
                """
                SELECT CASE WHEN g.state = 1 AND g.complete = 1 THEN 'done' WHEN g.state = 1 THEN 'incomplete' WHEN g.state = 3 THEN 'poison'
                  WHEN s.state = 0 THEN 'queued' WHEN s.state = 1 THEN 'running' ELSE 'lost' END AS state, count(*)
                FROM judgement g LEFT JOIN shard s ON s.id = g.shard_id GROUP BY 1 ORDER BY 1
                """,
                row => (row.GetString(0), Number(row.GetValue(1)))).ConfigureAwait(false);
            List<(string, string, long)> errors = await transaction.QueryAsync(
                """
                SELECT coalesce((SELECT min(c.cache) FROM claim c WHERE c.path_id = n.path_id), '?') AS cache, coalesce(n.reason, '?') AS reason, count(*)
                FROM nar n WHERE n.state IN (2, 3) GROUP BY 1, 2 ORDER BY 1, 2
                """,
                row => (row.GetString(0), row.GetString(1), Number(row.GetValue(2)))).ConfigureAwait(false);
            var rate = (await transaction.QueryAsync(
                "SELECT coalesce(sum(item_count), 0), coalesce(sum(byte_count), 0), coalesce(min(started), 0), coalesce(max(ended), 0) FROM shard WHERE kind = 0 AND state = 2 AND ended > @since",
                row => (Count: Number(row.GetValue(0)), Bytes: Number(row.GetValue(1)), From: Number(row.GetValue(2)), To: Number(row.GetValue(3))),
                ("since", LedgerPlans.Now() - (Window * 1000))).ConfigureAwait(false))[0];
            double seconds = Math.Max((rate.To - rate.From) / 1000.0, 0.001);
            return new FleetStatus
            {
                Nars = [.. nars],
                Roots = [.. roots],
                Errors = [.. errors],
                NarsPerSecond = rate.Count / seconds,
                BytesPerSecond = rate.Bytes / seconds,
            };
        },
        cancellationToken);

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
