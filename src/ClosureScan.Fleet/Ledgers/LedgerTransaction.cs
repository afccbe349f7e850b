using System.Data.Common;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>One transaction of a ledger. Used by one thread.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="cancellationToken">Ends what runs.</param>
internal abstract class LedgerTransaction(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement, with parameters as <c>@name</c>.</param>
    /// <param name="parameters">Their values: long, string, byte[] or null.</param>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Create(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows of a query.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Create(sql, parameters);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(Read(read, reader));
        }

        return rows;
    }

    /// <summary>Gives each row of a query to <paramref name="read"/>, which must not use the transaction.</summary>
    public async Task ForEachAsync(string sql, Action<DbDataReader> read, params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Create(sql, parameters);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Read(
                row =>
                {
                    read(row);
                    return 0;
                },
                reader);
        }
    }

    /// <summary>One number.</summary>
    public async Task<long> CountAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using DbCommand command = Create(sql, parameters);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Brings in rows; those whose key is there already are passed over, unless <paramref name="onConflict"/> says otherwise.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that the rows have.</param>
    /// <param name="rows">Their values: long, string, byte[] or null.</param>
    /// <param name="onConflict">What to do with a row whose key is there.</param>
    public abstract Task InsertAsync(string table, string[] columns, IEnumerable<object?[]> rows, string onConflict = "ON CONFLICT DO NOTHING");

    protected DbCommand Create(string sql, (string Name, object? Value)[] parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private T Read<T>(Func<DbDataReader, T> read, DbDataReader row)
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new FleetException(
                ErrorKind.Unreadable,
                $"The ledger {connection.DataSource} is damaged: a row has no value, or one of another kind, where closurescan always writes one. Restore it from a copy, or scan into a new one.",
                exception);
        }
    }
}
