using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClosureScan.Paths;
using ClosureScan.Walking;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Local;

/// <summary>A Nix store on this machine: metadata from its database, contents from the directory. Nothing is written.</summary>
internal sealed class LocalStore : IListableStore, IDerivationStore
{
    private readonly NixDatabase _database;
    private readonly string _contents;

    // Row numbers stand for paths in the table of references; each is read once and shared by all that refer to it.
    private readonly Dictionary<long, StorePath> _pathsById = [];

    /// <summary>Opens a store.</summary>
    /// <param name="location">Its name in messages.</param>
    /// <param name="storeDirectory">The directory that its paths name.</param>
    /// <param name="contents">Where this directory really lies.</param>
    /// <param name="databaseDirectory">Where <c>db.sqlite</c> lies.</param>
    /// <exception cref="StoreException">The database cannot be opened.</exception>
    public LocalStore(string location, string storeDirectory, string contents, string databaseDirectory)
    {
        Location = location;
        Directory = storeDirectory;
        _contents = contents;
        _database = NixDatabase.Open(databaseDirectory);
    }

    public string Directory { get; }

    public string Location { get; }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_database.Query(connection => Read(connection, path)));
    }

    public async IAsyncEnumerable<StorePath> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Read whole before the first is given out: the caller may ask for anything in between.
        List<StorePath> paths = await Task.Run(() => _database.Query(ReadAll), cancellationToken).ConfigureAwait(false);
        foreach (StorePath path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }
    }

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new(StoreContents.OnDisk(Path.Combine(_contents, info.Path.BaseName), "Repair it with: nix-store --repair-path " + info.Path));
    }

    public IEnumerable<StorePath> DerivationsOf(PathInfo info) => info.Deriver is null ? [] : [info.Deriver];

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private PathInfo? Read(SqliteConnection connection, StorePath path)
    {
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "select id, hash, narSize, deriver, ca, sigs from ValidPaths where path = $path";
        select.Parameters.AddWithValue("$path", path.ToString());
        long id;
        PathInfo info;
        using (SqliteDataReader row = select.ExecuteReader())
        {
            if (!row.Read())
            {
                return null;
            }

            id = row.GetInt64(0);
            string hashText = row.GetString(1);
            if (!NarHash.TryParse(hashText, out NarHash hash))
            {
                throw Malformed(path, $"the hash \"{hashText}\" is no SHA-256");
            }

            info = new PathInfo
            {
                Path = path,
                NarHash = hash,
                NarSize = row.IsDBNull(2) || row.GetInt64(2) <= 0 ? null : row.GetInt64(2),
                Deriver = row.IsDBNull(3) || row.GetString(3).Length == 0 ? null : Parse(row.GetString(3)),
                ContentAddress = row.IsDBNull(4) || row.GetString(4).Length == 0 ? null : row.GetString(4),
                Signatures = row.IsDBNull(5) ? [] : [.. row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            };
        }

        _pathsById.TryAdd(id, path);
        return info with { References = ReadReferences(connection, id) };
    }

    private ImmutableArray<StorePath> ReadReferences(SqliteConnection connection, long id)
    {
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "select reference from Refs where referrer = $id";
        select.Parameters.AddWithValue("$id", id);
        using SqliteDataReader row = select.ExecuteReader();
        ImmutableArray<StorePath>.Builder references = ImmutableArray.CreateBuilder<StorePath>();
        while (row.Read())
        {
            references.Add(PathOf(connection, row.GetInt64(0)));
        }

        return PathInfoBuilding.Sorted(references);
    }

    private StorePath PathOf(SqliteConnection connection, long id)
    {
        if (!_pathsById.TryGetValue(id, out StorePath? path))
        {
            using SqliteCommand select = connection.CreateCommand();
            select.CommandText = "select path from ValidPaths where id = $id";
            select.Parameters.AddWithValue("$id", id);
            path = select.ExecuteScalar() is string text
                ? Parse(text)
                : throw new StoreException($"The database of the store {Location} refers to row {id} of ValidPaths, which is not there. Check it with: nix-store --verify");
            _pathsById.Add(id, path);
        }

        return path;
    }

    private List<StorePath> ReadAll(SqliteConnection connection)
    {
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "select path from ValidPaths";
        using SqliteDataReader row = select.ExecuteReader();
        List<StorePath> paths = [];
        while (row.Read())
        {
            paths.Add(Parse(row.GetString(0)));
        }

        return paths;
    }

    private StorePath Parse(string text) => StorePath.TryParse(text, out StorePath? path) && path.StoreDirectory == Directory
        ? path
        : throw new StoreException(
            $"The database of the store {Location} holds \"{text}\", which is no path of {Directory}. "
            + "If the store has another directory, name it: local?store=DIRECTORY");

    private StoreException Malformed(StorePath path, string what) =>
        new($"The database of the store {Location} is malformed at {path}: {what}. Check it with: nix-store --verify");
}
