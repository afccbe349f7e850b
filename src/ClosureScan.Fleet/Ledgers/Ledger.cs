using System.Globalization;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// What is known of whole caches: paths and their references, the jobs of evaluations, what is still to be scanned, what came of each NAR and
/// what is wrong with each job. Every effect is made once, by its key, however often it is tried. May be used by several threads.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    private const string StoreDirectory = "store_directory";
    private const string LedgerName = "ledger_name";

    private Ledger(LedgerDatabase database)
    {
        Database = database;
        Paths = new LedgerPaths(database);
        Plans = new LedgerPlans(database);
        Shards = new LedgerShards(database);
        Results = new LedgerResults(database);
    }

    /// <summary>Where it lies.</summary>
    public LedgerDatabase Database { get; }

    /// <summary>Paths, references and claims.</summary>
    public LedgerPaths Paths { get; }

    /// <summary>Evaluations, and what is to be done for them.</summary>
    public LedgerPlans Plans { get; }

    /// <summary>What is to be done, in pieces.</summary>
    public LedgerShards Shards { get; }

    /// <summary>What came of it.</summary>
    public LedgerResults Results { get; }

    /// <summary>Opens a ledger, and brings its tables up to this program's version.</summary>
    /// <param name="uri"><c>sqlite:FILE</c> or <c>postgres://USER@HOST/DATABASE</c>.</param>
    /// <param name="mustExist">Whether it is an error when there is none yet.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="FleetException">It cannot be opened, or a later program made it.</exception>
    public static async Task<Ledger> OpenAsync(string uri, bool mustExist, CancellationToken cancellationToken)
    {
        LedgerDatabase database = uri switch
        {
            _ when uri.StartsWith("sqlite:", StringComparison.Ordinal) && uri.Length > "sqlite:".Length =>
                await SqliteDatabase.OpenAsync(uri["sqlite:".Length..], mustExist, cancellationToken).ConfigureAwait(false),
            _ when PostgresDatabase.IsOne(uri) => PostgresDatabase.Open(uri),
            _ => throw new FleetException(ErrorKind.Unknown, $"\"{uri}\" is no ledger: write sqlite:FILE or postgres://USER@HOST/DATABASE."),
        };
        Ledger ledger = new(database);
        try
        {
            await database.RunAsync(transaction => MigrateAsync(database, transaction, mustExist), cancellationToken).ConfigureAwait(false);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says where the paths' store is; all caches of a ledger have the same.</summary>
    /// <exception cref="FleetException">It is another than that of the paths that are there.</exception>
    public Task SetStoreDirectoryAsync(string directory, CancellationToken cancellationToken) => Database.RunAsync(
        async transaction =>
        {
            await transaction.InsertAsync("setting", ["name", "value"], [[StoreDirectory, directory]]).ConfigureAwait(false);
            string known = await ReadStoreDirectoryAsync(transaction).ConfigureAwait(false) ?? directory;
            if (known != directory)
            {
                throw new FleetException(ErrorKind.Unknown, $"The ledger {Database.Location} has paths of {known}, and the cache those of {directory}: take another ledger.");
            }
        },
        cancellationToken);

    /// <summary>A name that no other ledger has.</summary>
    public Task<string> GetNameAsync(CancellationToken cancellationToken) => Database.ReadAsync(
        async transaction => (await transaction.QueryAsync("SELECT value FROM setting WHERE name = @name", row => row.GetString(0), ("name", LedgerName)).ConfigureAwait(false))[0], cancellationToken);

    /// <summary>Where the paths' store is.</summary>
    public Task<string> GetStoreDirectoryAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync(async transaction => await ReadStoreDirectoryAsync(transaction).ConfigureAwait(false) ?? ClosureScan.Paths.StorePath.DefaultStoreDirectory, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static async Task<string?> ReadStoreDirectoryAsync(LedgerTransaction transaction) =>
        (await transaction.QueryAsync("SELECT value FROM setting WHERE name = @name", row => row.GetString(0), ("name", StoreDirectory)).ConfigureAwait(false)).FirstOrDefault();

    private static async Task MigrateAsync(LedgerDatabase database, LedgerTransaction transaction, bool mustExist)
    {
        await transaction.ExecuteAsync(database.Spell("{lock schema}")).ConfigureAwait(false);
        await transaction.ExecuteAsync(database.Spell("CREATE TABLE IF NOT EXISTS schema_step(number {long} NOT NULL PRIMARY KEY)")).ConfigureAwait(false);
        int done = (int)await transaction.CountAsync("SELECT count(*) FROM schema_step").ConfigureAwait(false);
        if (done > LedgerSchema.Version)
        {
            throw new FleetException(ErrorKind.Unknown, $"A later closurescan made the ledger {database.Location}; this one reads ledgers of version {LedgerSchema.Version.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (done == 0 && mustExist)
        {
            throw new FleetException(ErrorKind.Unknown, $"{database.Location} is no ledger. closurescan fleet run makes one.");
        }

        for (int step = done; step < LedgerSchema.Version; step++)
        {
            await transaction.ExecuteAsync(database.Spell(LedgerSchema.Steps[step])).ConfigureAwait(false);
            await transaction.ExecuteAsync("INSERT INTO schema_step(number) VALUES(@number)", ("number", (long)step + 1)).ConfigureAwait(false);
        }

        await transaction.InsertAsync("setting", ["name", "value"], [[LedgerName, Guid.NewGuid().ToString("N")[..12]]]).ConfigureAwait(false);
    }
}
