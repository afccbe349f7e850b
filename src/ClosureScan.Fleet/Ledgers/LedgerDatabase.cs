namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// A database that a ledger lies in. All of a ledger's statements are written once, in the SQL that SQLite and PostgreSQL share; a database
/// brings what they do not: connections, the words of the schema, and how many rows are brought in at once. May be used by several threads.
/// </summary>
internal abstract class LedgerDatabase : IAsyncDisposable
{
    /// <summary>What to call it in messages, without a password.</summary>
    public abstract string Location { get; }

    /// <summary>
    /// Does some work in one transaction, and commits. When the connection is lost the work is done again, from its beginning: it must
    /// have no effect but in the transaction, and be the same the second time.
    /// </summary>
    /// <exception cref="FleetException">The database cannot be used; the transaction left nothing behind.</exception>
    public Task<T> RunAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken) => RunAsync(work, writes: true, cancellationToken);

    /// <summary>The same for what only reads, and sees one state of the ledger while it does.</summary>
    public Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken) => RunAsync(work, writes: false, cancellationToken);

    /// <summary>Makes this process the only one that works without a queue of others; ended by disposing what it gives.</summary>
    /// <exception cref="FleetException">Another process is.</exception>
    public abstract Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken);

    /// <summary>A statement with the words of this database in place of those in braces.</summary>
    public abstract string Spell(string sql);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Does some work that gives nothing.</summary>
    public Task RunAsync(Func<LedgerTransaction, Task> work, CancellationToken cancellationToken) => RunAsync(
        async transaction =>
        {
            await work(transaction).ConfigureAwait(false);
            return 0;
        },
        cancellationToken);

    protected abstract Task<T> RunAsync<T>(Func<LedgerTransaction, Task<T>> work, bool writes, CancellationToken cancellationToken);
}
