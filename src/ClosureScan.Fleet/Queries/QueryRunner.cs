using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Queries;

/// <summary>Asks a ledger.</summary>
internal static class QueryRunner
{
    /// <summary>Asks.</summary>
    /// <exception cref="FleetException">There is no such evaluation.</exception>
    public static Task<QueryAnswer> RunAsync(Ledger ledger, FleetQuery query, QueryArguments arguments, CancellationToken cancellationToken) => ledger.Database.ReadAsync(
        async transaction =>
        {
            string evaluation = await FindEvaluationAsync(ledger, transaction, arguments.Evaluation).ConfigureAwait(false);
            string? before = query.ComparesEvaluations ? await FindEvaluationAsync(ledger, transaction, arguments.Before).ConfigureAwait(false) : null;
            string version = (await transaction.QueryAsync("SELECT value FROM setting WHERE name = 'judge_version'", row => row.GetString(0)).ConfigureAwait(false)).FirstOrDefault("");
            (string Name, object? Value)[] parameters =
            [
                ("evaluation", evaluation), ("before", before), ("version", version), ("target", Like(arguments.Target)), ("package", Like(arguments.Package)), ("path", Like(arguments.Path)), ("limit", arguments.Limit),
            ];
            List<ImmutableArray<object?>> rows = await transaction.QueryAsync(
                query.Sql, row => Read(row, query), [.. parameters.Where(parameter => query.Sql.Contains("@" + parameter.Name, StringComparison.Ordinal))]).ConfigureAwait(false);
            long incomplete = await transaction.CountAsync(
                """
                SELECT count(*) FROM job j LEFT JOIN judgement g ON g.root_id = j.root_id AND g.host = j.host AND g.version = @version
                WHERE j.evaluation IN (@evaluation, @before) AND (g.root_id IS NULL OR g.state <> 1 OR g.complete <> 1)
                """,
                ("version", version),
                ("evaluation", evaluation),
                ("before", before ?? evaluation)).ConfigureAwait(false);
            QueryTable table = new(query.Columns, [.. rows]);
            return new QueryAnswer(query.IsMatrix ? Turn(table) : table, evaluation, before, incomplete);
        },
        cancellationToken);

    /// <summary>A glob as LIKE takes it, with <c>!</c> before what stands for itself.</summary>
    internal static string Like(string glob) => string.Concat(glob.Select(character => character switch
    {
        '*' => "%",
        '?' => "_",
        '%' or '_' or '!' => "!" + character,
        _ => character.ToString(),
    }));

    private static async Task<string> FindEvaluationAsync(Ledger ledger, LedgerTransaction transaction, string? name)
    {
        List<string> names = await transaction.QueryAsync("SELECT name FROM evaluation ORDER BY ordinal DESC, name", row => row.GetString(0)).ConfigureAwait(false);
        return name is null
            ? names.FirstOrDefault() ?? throw new FleetException(ErrorKind.Unknown, $"The ledger {ledger.Database.Location} has no evaluation yet. closurescan fleet run plans one.")
            : names.Contains(name) ? name
            : throw new FleetException(ErrorKind.Unknown, $"The ledger {ledger.Database.Location} has no evaluation \"{name}\". It has {string.Join(", ", names.Take(20))}.");
    }

    private static ImmutableArray<object?> Read(DbDataReader row, FleetQuery query) => [.. query.Columns.Select((column, index) => row.IsDBNull(index) ? null : column.Kind switch
    {
        ColumnKind.Text => row.GetString(index),
        ColumnKind.Hash => new NarHash((byte[])row.GetValue(index)).ToString(),

        // PostgreSQL's sum of whole numbers is a decimal.
        _ => (object?)Convert.ToInt64(row.GetValue(index), CultureInfo.InvariantCulture),
    })];

    private static QueryTable Turn(QueryTable table)
    {
        string[] hosts = [.. table.Rows.Select(row => (string)row[1]!).Distinct().Order(StringComparer.Ordinal)];
        return new QueryTable(
            [table.Columns[0], .. hosts.Select(host => (host, ColumnKind.Count))],
            [
                .. table.Rows.GroupBy(row => (string)row[0]!).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => (ImmutableArray<object?>)[group.Key, .. hosts.Select(host => group.FirstOrDefault(row => (string)row[1]! == host) is { IsDefault: false } cell ? cell[2] : 0L)]),
            ]);
    }
}
