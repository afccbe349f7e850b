using Microsoft.Data.Sqlite;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// A ledger in one file: one connection that writes, with a log beside it that is on disk before a transaction counts as committed. Nothing
/// is lost when the process is killed.
/// </summary>
internal sealed class SqliteDatabase : LedgerDatabase
{
    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1);

    private SqliteDatabase(string file, SqliteConnection connection)
    {
        _file = file;
        _connection = connection;
    }

    public override string Location => _file;

    /// <summary>Opens a ledger's file, or makes it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mustExist">Whether it is an error when there is none.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="FleetException">It is not there, or no database.</exception>
    public static async Task<SqliteDatabase> OpenAsync(string file, bool mustExist, CancellationToken cancellationToken)
    {
        if (mustExist && !File.Exists(file))
        {
            throw new FleetException(ErrorKind.Unknown, $"There is no ledger {file}. closurescan fleet run makes one.");
        }

        SqliteConnectionStringBuilder builder = new() { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 60 };
        SqliteConnection connection = new(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=60000; PRAGMA case_sensitive_like=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return new SqliteDatabase(file, connection);
        }
        catch (SqliteException exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw Explain(file, exception);
        }
    }

    protected override async Task<T> RunAsync<T>(Func<LedgerTransaction, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using SqliteTransaction transaction = _connection.BeginTransaction(deferred: !writes);
            T result = await work(new Transaction(_connection, transaction, cancellationToken)).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (SqliteException exception)
        {
            throw Explain(_file, exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The system lets go of it when the process ends, however it does.
            return Task.FromResult<IAsyncDisposable>(new FileStream(_file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new FleetException(ErrorKind.Unreadable, $"Another process works on {_file}. One at a time does; for several, use --ledger postgres://… and --queue amqp://….", exception);
        }
    }

    public override string Spell(string sql) => sql
        .Replace("{long}", "INTEGER", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{clustered}", "WITHOUT ROWID", StringComparison.Ordinal)
        .Replace("{by nar_hash}", "WITHOUT ROWID", StringComparison.Ordinal)
        .Replace("{skip locked}", "", StringComparison.Ordinal)
        .Replace("{lock schema}", "SELECT 1", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private static FleetException Explain(string file, SqliteException exception) => new(
        ErrorKind.Unreadable,
        exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_FULL => $"The ledger {file} cannot grow: the disk is full. What was committed stays; make room, and run the same command again.",
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => $"{file} is no ledger, or is damaged ({exception.Message}).",
            SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_READONLY => $"The ledger {file} cannot be opened for writing; look at the folder and its permissions.",
            _ => $"The ledger {file} cannot be used: {exception.Message}",
        },
        exception);

    private sealed class Transaction(SqliteConnection connection, SqliteTransaction transaction, CancellationToken cancellationToken) : LedgerTransaction(connection, transaction, cancellationToken)
    {
        private readonly SqliteConnection _connection = connection;
        private readonly SqliteTransaction _transaction = transaction;

        public override Task InsertAsync(string table, string[] columns, IEnumerable<object?[]> rows, string onConflict)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.Transaction = _transaction;
            command.CommandText = $"INSERT INTO {table}({string.Join(", ", columns)}) VALUES({string.Join(", ", columns.Select(column => "@" + column))}) {onConflict}";
            SqliteParameter[] parameters = [.. columns.Select(column => command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column }))];
            foreach (object?[] row in rows)
            {
                CancellationToken.ThrowIfCancellationRequested();
                for (int index = 0; index < row.Length; index++)
                {
                    parameters[index].Value = row[index] ?? DBNull.Value;
                }

                command.ExecuteNonQuery();
            }

            return Task.CompletedTask;
        }
    }
}
