using System.Globalization;
using System.Security.Cryptography;
using ClosureScan.Paths;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Caching;

/// <summary>
/// The cache's file, by SQLite. No failure leaves here but those of <see cref="Delete"/>: a file that is damaged, or not ours, is begun anew once; one that cannot be
/// used is let be, and the cache is empty from there on. One thread at a time.
/// </summary>
internal sealed class FactsDatabase(string file) : IDisposable
{
    /// <summary>Changes with the tables.</summary>
    private const long Layout = 1;

    /// <summary>Another process writes for milliseconds.</summary>
    private const int SecondsToWait = 2;

    private SqliteConnection? _connection;
    private bool _isUnusable;
    private bool _isRenewed;

    public string File => Path.GetFullPath(file);

    /// <summary>How long the file is, with its log.</summary>
    public long FileBytes => Parts.Sum(part => part.Exists ? part.Length : 0);

    private IEnumerable<FileInfo> Parts => ((string[])["", "-wal", "-shm"]).Select(suffix => new FileInfo(File + suffix));

    public long Count() => System.IO.File.Exists(File) ? Try(connection => Query(connection, "select count(*) from Facts", static reader => reader.GetInt64(0))) : 0;

    public FactsRow? Find(NarHash hash, string manner) => System.IO.File.Exists(File)
        ? Try(connection => Query(
            connection,
            "select Wanted, Windows, Scan, Sum from Facts where Hash = $hash and Manner = $manner",
            static reader => Checked(new FactsRow(reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3)),
            ("$hash", Bytes(hash)),
            ("$manner", manner)))
        : null;

    public void Add(NarHash hash, string manner, FactsRow row) => Try(connection => Run(
        connection,
        "insert or replace into Facts (Hash, Manner, Wanted, Windows, Scan, Sum, Used) values ($hash, $manner, $wanted, $windows, $scan, $sum, $used)",
        ("$hash", Bytes(hash)),
        ("$manner", manner),
        ("$wanted", row.Wanted),
        ("$windows", (object?)row.Windows ?? DBNull.Value),
        ("$scan", row.Scan),
        ("$sum", SumOf(row)),
        ("$used", Now)));

    public void Remove(NarHash hash, string manner) => Try(connection =>
        Run(connection, "delete from Facts where Hash = $hash and Manner = $manner", ("$hash", Bytes(hash)), ("$manner", manner)));

    /// <summary>Notes what was used, and makes a file that is too long shorter.</summary>
    public void Finish(IReadOnlyCollection<(NarHash Hash, string Manner)> used, long maxBytes)
    {
        if (_connection is null)
        {
            return;
        }

        if (used.Count > 0)
        {
            Try(connection =>
            {
                using SqliteTransaction transaction = connection.BeginTransaction();
                foreach ((NarHash hash, string manner) in used)
                {
                    Run(connection, "update Facts set Used = $used where Hash = $hash and Manner = $manner", ("$used", Now), ("$hash", Bytes(hash)), ("$manner", manner));
                }

                transaction.Commit();
                return true;
            });
        }

        if (FileBytes > maxBytes)
        {
            Try(connection => Shrink(connection, maxBytes));
        }
    }

    /// <summary>Removes the file.</summary>
    public void Delete()
    {
        Dispose();
        foreach (FileInfo part in Parts.Where(part => part.Exists))
        {
            part.Delete();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static byte[] Bytes(NarHash hash)
    {
        byte[] bytes = new byte[NarHash.Length];
        hash.CopyTo(bytes);
        return bytes;
    }

    private static byte[] SumOf(FactsRow row)
    {
        using IncrementalHash sum = Sha256.Begin();
        sum.AppendData(row.Wanted);
        sum.AppendData(row.Windows ?? []);
        sum.AppendData(row.Scan);
        return sum.GetHashAndReset();
    }

    /// <summary>A row whose sum is wrong is none.</summary>
    private static FactsRow? Checked(FactsRow row, byte[] sum) => SumOf(row).AsSpan().SequenceEqual(sum) && (row.Windows?.Length ?? 0) % sizeof(ulong) == 0 ? row : null;

    private static bool Shrink(SqliteConnection connection, long maxBytes)
    {
        // To half of it, so that not every scan has to.
        long rows = Query(connection, "select count(*) from Facts", static reader => reader.GetInt64(0));
        long bytes = Query(connection, "select coalesce(sum(length(Scan) + coalesce(length(Windows), 0)), 0) from Facts", static reader => reader.GetInt64(0));
        long most = Math.Max(0, maxBytes / 2);
        long leaving = bytes <= most ? rows / 2 : (long)Math.Ceiling(rows * (1 - ((double)most / bytes)));
        Run(connection, "delete from Facts where rowid in (select rowid from Facts order by Used, rowid limit $count)", ("$count", leaving));
        Run(connection, "vacuum");
        Run(connection, "pragma wal_checkpoint(truncate)");
        return true;
    }

    private static bool Run(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(connection, text, values);
        command.ExecuteNonQuery();
        return true;
    }

    private static T? Query<T>(SqliteConnection connection, string text, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(connection, text, values);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private T? Try<T>(Func<SqliteConnection, T> use)
    {
        while (!_isUnusable)
        {
            try
            {
                return use(_connection ??= Open());
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
            {
                // Somebody else writes: what is to be found or kept now is not.
                return default;
            }
            catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or InvalidCastException or InvalidOperationException)
            {
                _isUnusable = !TryRenew(exception);
            }
        }

        return default;
    }

    /// <summary>Takes a file away that is damaged, or no database of this layout.</summary>
    private bool TryRenew(Exception exception)
    {
        Dispose();
        if (_isRenewed || exception is not (InvalidCastException or InvalidOperationException
            or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_ERROR }))
        {
            return false;
        }

        _isRenewed = true;
        try
        {
            Delete();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private SqliteConnection Open()
    {
        string folder = Path.GetDirectoryName(File)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = SecondsToWait }.ConnectionString);
        try
        {
            connection.Open();
            Run(connection, "pragma journal_mode = wal");

            // What a crash takes away is scanned again.
            Run(connection, "pragma synchronous = off");
            long layout = Query(connection, "pragma user_version", static reader => reader.GetInt64(0));
            if (layout != Layout)
            {
                Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
                    begin immediate;
                    drop table if exists Facts;
                    create table Facts (Hash blob not null, Manner text not null, Wanted blob not null, Windows blob, Scan blob not null, Sum blob not null, Used integer not null, unique (Hash, Manner));
                    pragma user_version = {Layout};
                    commit;
                    """));
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
