using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Queries;

/// <summary>Writes a ledger's tables, row by row.</summary>
internal static class LedgerExport
{
    private const int Sha256Length = 32;

    /// <summary>Gives the header and then each row of a table to <paramref name="write"/>.</summary>
    /// <exception cref="FleetException">The ledger went away in between.</exception>
    public static Task RunAsync(Ledger ledger, LedgerTable table, Action<IReadOnlyList<string>> write, CancellationToken cancellationToken)
    {
        bool isBegun = false;
        return ledger.Database.ReadAsync(ExportAsync, cancellationToken);

        async Task<int> ExportAsync(LedgerTransaction transaction)
        {
            // What was written cannot be taken back: the work that a lost connection begins anew would write it twice.
            isBegun = isBegun ? throw new FleetException(ErrorKind.Unreadable, $"The connection to {ledger.Database.Location} was lost while the table {table.Name} was written. Export again.") : true;
            write(table.Columns);
            string[] values = new string[table.Columns.Length];
            await transaction.ForEachAsync(table.Sql, row =>
            {
                for (int index = 0; index < values.Length; index++)
                {
                    values[index] = Text(row, index, table.Columns[index]);
                }

                write(values);
            }).ConfigureAwait(false);
            return 0;
        }
    }

    private static string Text(DbDataReader row, int index, string column) => row.IsDBNull(index) ? "" : row.GetValue(index) switch
    {
        byte[] { Length: Sha256Length } hash when column == "narHash" => new NarHash(hash).ToString(),
        byte[] bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var text => text.ToString() ?? "",
    };
}
