using System.Text;
using ClosureScan.Input;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Local;

/// <summary>
/// A read-only connection to Nix's database that works for any user while a daemon writes. Calls are serialised.
/// Schema 10 (Nix: src/libstore/schema.sql).
/// </summary>
/// <remarks>
/// <para>
/// The database is in WAL mode. A reader needs the files <c>-wal</c> and <c>-shm</c>; SQLite makes them where it may write
/// to the directory, and uses those of a running writer where it may not. When neither holds (an ordinary user, no daemon
/// at work, or a read-only medium) it says "unable to open database file" or
/// "attempt to write a readonly database", although everything is in the main file.
/// </para>
/// <para>
/// Only then, and only while there is no log that could hold newer rows, the file is opened as <c>immutable</c>: without
/// locks, so that a writer that starts later could be seen half way. So the file's length and time, and whether a log has
/// appeared, are looked at around every query, and when something has moved the database is opened anew and asked again.
/// Not opened as immutable from the start, as that would miss what a daemon has written to the log only.
/// </para>
/// </remarks>
internal sealed class NixDatabase : IDisposable
{
    private const string KnownSchema = "10";
    private const int MaxSchemaLength = 1024;
    private const int MaxAttempts = 5;

    // A build registers its paths in milliseconds; without a log, readers wait for that.
    private const int SecondsToWait = 3;

    private readonly Lock _lock = new();
    private readonly string _file;
    private SqliteConnection? _connection;
    private FileStamp? _immutableStamp;
    private bool _disposed;

    private NixDatabase(string file) => _file = file;

    /// <summary>Whether the database was opened without locks.</summary>
    public bool IsImmutable => _immutableStamp is not null;

    /// <summary>Opens <c>db.sqlite</c> in <paramref name="directory"/>.</summary>
    /// <exception cref="StoreException">There is none, it cannot be read, or it is of another schema.</exception>
    public static NixDatabase Open(string directory)
    {
        string file = Path.Combine(directory, "db.sqlite");
        CheckSchema(Path.Combine(directory, "schema"));
        if (!File.Exists(file))
        {
            throw new StoreException(
                $"There is no Nix database at {file}. For store paths without a database name their directory as the store; "
                + "for a store below another root use local?root=DIRECTORY.");
        }

        NixDatabase database = new(file);
        try
        {
            database.Query(static connection => (object?)null);
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return database;
    }

    /// <summary>Runs <paramref name="query"/>, again if the database moved below an immutable connection.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public T Query<T>(Func<SqliteConnection, T> query)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                for (int attempt = 0; attempt < MaxAttempts; attempt++)
                {
                    try
                    {
                        _connection ??= Connect();
                        T result = query(_connection);
                        if (!HasMoved())
                        {
                            return result;
                        }
                    }
                    catch (SqliteException) when (HasMoved())
                    {
                    }

                    Disconnect();
                }
            }
            catch (SqliteException exception)
            {
                Disconnect();
                throw Explain(exception);
            }
            catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or OverflowException)
            {
                // A column without a value, or with one of another kind: only Nix writes what its schema says.
                Disconnect();
                throw new StoreException($"The Nix database {_file} is malformed: a row has no value, or one of another kind, where Nix always writes one. Check it with: nix-store --verify", exception);
            }

            throw new StoreException($"{_file} is being written to all the time and its log cannot be opened. Read it as root, or when nothing is built.");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Disconnect();
        }
    }

    private static void CheckSchema(string file)
    {
        string schema;
        try
        {
            schema = Encoding.UTF8.GetString(InputFile.ReadText(file, MaxSchemaLength)).Trim();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A copied database comes without; its tables will tell.
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} cannot be read: {exception.Message}", exception);
        }

        if (schema != KnownSchema)
        {
            throw new StoreException(
                $"{file} says that the Nix database has schema {schema}; schema {KnownSchema} is known (Nix 2.0 and later). "
                + "Open the store once with such a Nix to upgrade it.");
        }
    }

    /// <summary>Whether somebody wrote below an immutable connection, so that what was read may be torn.</summary>
    private bool HasMoved() => _immutableStamp is { } stamp && stamp != FileStamp.Of(_file);

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
        _immutableStamp = null;
    }

    private SqliteConnection Connect()
    {
        try
        {
            return Connect("");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY)
        {
            FileStamp stamp = FileStamp.Of(_file);
            if (stamp.HasLog)
            {
                throw;
            }

            SqliteConnection connection = Connect("?immutable=1");
            _immutableStamp = stamp;
            return connection;
        }
    }

    private SqliteConnection Connect(string parameters)
    {
        // A URI, as only it carries "immutable"; escaped, as a directory may have "?" or "%" in its name.
        string path = string.Join('/', Path.GetFullPath(_file).Split('/').Select(Uri.EscapeDataString));
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = $"file:{path}{parameters}",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = SecondsToWait,
        };
        SqliteConnection connection = new(builder.ConnectionString);
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();

            // A view of these names may be a query that never ends.
            command.CommandText = "select count(*) from sqlite_master where type = 'table' and name in ('ValidPaths', 'Refs')";
            if (command.ExecuteScalar() is not 2L)
            {
                throw new SqliteException("it lacks the table ValidPaths or Refs", SQLitePCL.raw.SQLITE_ERROR);
            }

            // Opening reads nothing yet: the log is first needed here. And the tables must be those of schema 10.
            command.CommandText = "select v.id, v.path, v.hash, v.deriver, v.narSize, v.ca, r.reference from ValidPaths v left join Refs r on r.referrer = v.id limit 1";
            using SqliteDataReader reader = command.ExecuteReader();
            reader.Read();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private StoreException Explain(SqliteException exception) => new(
        exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
                $"The Nix database {_file} is damaged ({exception.Message.TrimEnd('.')}). Check it with: sqlite3 {_file} 'pragma integrity_check'",
            SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH or SQLitePCL.raw.SQLITE_READONLY =>
                $"The Nix database {_file} cannot be opened ({exception.Message.TrimEnd('.')}). Check that you may read it, its -wal and -shm files and its directory.",
            SQLitePCL.raw.SQLITE_ERROR =>
                $"The Nix database {_file} is not laid out as schema {KnownSchema} has it ({exception.Message.TrimEnd('.')}).",
            _ => $"The Nix database {_file} cannot be read: {exception.Message}",
        },
        exception);

    /// <summary>What tells that somebody has written to the database.</summary>
    private readonly record struct FileStamp(long Length, DateTime Written, bool HasLog)
    {
        public static FileStamp Of(string file)
        {
            FileInfo main = new(file);
            FileInfo log = new(file + "-wal");
            return main.Exists
                ? new FileStamp(main.Length, main.LastWriteTimeUtc, log.Exists && log.Length > 0)
                : default;
        }
    }
}
