using System.Data;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// A ledger in PostgreSQL, for workers on several machines. While the server is away, or starts again, what was begun is begun anew. Nothing is lost when it is
/// killed, as long as it has <c>fsync</c> and <c>synchronous_commit</c> on, which they are unless somebody turns them off.
/// </summary>
internal sealed class PostgresDatabase : LedgerDatabase
{
    /// <summary>How many parts the table of NARs has from the start: one can move to a database of its own when one is too small for all.</summary>
    private const int Partitions = 16;

    /// <summary>Fewer rows are quicker one by one than by a table of their own.</summary>
    private const int FewRows = 8;

    /// <summary>Any number, which nothing else locks: who makes tables, and who works without a queue.</summary>
    private const long SchemaLock = 0x636c6f73_00000001, WorkLock = 0x636c6f73_00000002;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(NpgsqlDataSource source, string location)
    {
        _source = source;
        Location = location;
    }

    public override string Location { get; }

    /// <summary>Whether a URI names one.</summary>
    public static bool IsOne(string uri) => uri.StartsWith("postgres://", StringComparison.Ordinal) || uri.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>Takes the address of a database; it is connected to when it is used. Passwords may also come from PGPASSFILE or PGPASSWORD.</summary>
    /// <param name="text"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full</c>; further parameters are those of Npgsql.</param>
    /// <exception cref="FleetException">It is no such address.</exception>
    public static PostgresDatabase Open(string text)
    {
        try
        {
            Uri uri = new(text);
            string[] login = uri.UserInfo.Split(':', 2);
            NpgsqlConnectionStringBuilder builder = new() { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')), ApplicationName = "closurescan" };
            if (uri.Port > 0)
            {
                builder.Port = uri.Port;
            }

            if (login[0].Length > 0)
            {
                builder.Username = Uri.UnescapeDataString(login[0]);
            }

            if (login.Length > 1)
            {
                builder.Password = Uri.UnescapeDataString(login[1]);
            }

            foreach (string[] parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split('=', 2)))
            {
                builder[ParameterName(parameter[0])] = Uri.UnescapeDataString(parameter.ElementAtOrDefault(1) ?? "");
            }

            NpgsqlSlimDataSourceBuilder source = new(builder.ConnectionString);
            source.EnableTransportSecurity();
            return new PostgresDatabase(source.Build(), $"postgres://{uri.Authority}{uri.AbsolutePath}");
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            // Not the exception's own words: they may repeat the password.
            throw new FleetException(ErrorKind.Unknown, $"The ledger is no address of a PostgreSQL: write postgres://USER@HOST:PORT/DATABASE?sslmode=verify-full.", exception);
        }
    }

    public override async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = WorkLock } } };
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            return connection;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        throw new FleetException(ErrorKind.Unreadable, $"Another process works on {Location} without a queue. For several, name one: --queue amqp://….");
    }

    public override string Spell(string sql) => sql
        .Replace("{long}", "bigint", StringComparison.Ordinal)
        .Replace("{bytes}", "bytea", StringComparison.Ordinal)
        .Replace("{text}", "text COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{clustered}", "", StringComparison.Ordinal)
        .Replace(
            "{by nar_hash}",
            "PARTITION BY HASH (nar_hash)" + string.Concat(Enumerable.Range(0, Partitions).Select(part => $"; CREATE TABLE nar_{part} PARTITION OF nar FOR VALUES WITH (MODULUS {Partitions}, REMAINDER {part})")),
            StringComparison.Ordinal)
        .Replace("{skip locked}", "FOR UPDATE SKIP LOCKED", StringComparison.Ordinal)
        .Replace("{lock schema}", string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({SchemaLock})"), StringComparison.Ordinal);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async Task<T> RunAsync<T>(Func<LedgerTransaction, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        long start = Environment.TickCount64;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(writes ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
                T result = await work(new Transaction(connection, transaction, cancellationToken)).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch (Exception exception) when (MayPass(exception) && Environment.TickCount64 - start < Patience.TotalMilliseconds)
            {
                // Whether a commit was heard nobody knows when the connection broke in it: done again, it finds its own effect, by key.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2000, 50 << Math.Min(attempt, 6))), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
            {
                throw Explain(exception);
            }
        }
    }

    /// <summary>libpq's names of parameters, where Npgsql has others.</summary>
    private static string ParameterName(string name) => name.ToLowerInvariant() switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "passfile" => "Passfile",
        "host" => "Host",
        _ => name,
    };

    /// <summary>Whether trying again may help: a server that is away, starts or ends; two transactions that wait for each other.</summary>
    private static bool MayPass(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient && postgres.SqlState != PostgresErrorCodes.DiskFull
            || postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException or SocketException or IOException or TimeoutException => true,

        // A connection that broke under a reader or a copy.
        ObjectDisposedException or InvalidOperationException { Message: "Connection is not open" } => true,
        _ => false,
    };

    private FleetException Explain(Exception exception) => new(
        ErrorKind.Unreadable,
        exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The ledger {Location} cannot grow: the disk is full. What was committed stays; make room, and run the same command again.",
            _ => $"The ledger {Location} cannot be used: {exception.Message}\nWhat was committed stays: run the same command again when it can.",
        },
        exception);

    private sealed class Transaction(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) : LedgerTransaction(connection, transaction, cancellationToken)
    {
        private readonly NpgsqlConnection _connection = connection;
        private int _copies;

        public override async Task InsertAsync(string table, string[] columns, IEnumerable<object?[]> rows, string onConflict)
        {
            object?[][] all = [.. rows];
            string names = string.Join(", ", columns);
            if (all.Length <= FewRows)
            {
                foreach (object?[] row in all)
                {
                    await ExecuteAsync($"INSERT INTO {table}({names}) VALUES({string.Join(", ", columns.Select(column => "@" + column))}) {onConflict}", [.. columns.Zip(row)]).ConfigureAwait(false);
                }

                return;
            }

            string incoming = $"incoming_{table}_{_copies++}";
            await ExecuteAsync($"CREATE TEMPORARY TABLE {incoming} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA").ConfigureAwait(false);
            await using (NpgsqlBinaryImporter importer = await _connection.BeginBinaryImportAsync($"COPY {incoming}({names}) FROM STDIN (FORMAT BINARY)", CancellationToken).ConfigureAwait(false))
            {
                foreach (object?[] row in all)
                {
                    await importer.StartRowAsync(CancellationToken).ConfigureAwait(false);
                    foreach (object? value in row)
                    {
                        await (value switch
                        {
                            null => importer.WriteNullAsync(CancellationToken),
                            long number => importer.WriteAsync(number, NpgsqlDbType.Bigint, CancellationToken),
                            byte[] bytes => importer.WriteAsync(bytes, NpgsqlDbType.Bytea, CancellationToken),
                            _ => importer.WriteAsync((string)value, NpgsqlDbType.Text, CancellationToken),
                        }).ConfigureAwait(false);
                    }
                }

                await importer.CompleteAsync(CancellationToken).ConfigureAwait(false);
            }

            // In the order of the keys: two that insert the same rows wait for each other, and never both at once.
            await ExecuteAsync($"INSERT INTO {table}({names}) SELECT {names} FROM {incoming} ORDER BY 1, 2 {onConflict}").ConfigureAwait(false);
        }
    }
}
