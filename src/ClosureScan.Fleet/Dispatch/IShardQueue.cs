namespace ClosureScan.Fleet.Dispatch;

/// <summary>
/// Hands names of shards to workers, each at least once: who takes one and ends before it acknowledges it leaves it to another. What is to be
/// done, and what was, the ledger knows; a queue may lose all it has. May be used by several threads.
/// </summary>
internal interface IShardQueue : IAsyncDisposable
{
    /// <summary>Whether other processes take from it too.</summary>
    bool IsShared { get; }

    /// <summary>How many names wait, about.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Publishes names. Returns once they are safe, or there is no more room: the ledger publishes them again some time.</summary>
    /// <exception cref="Ledgers.FleetException">The queue cannot be reached.</exception>
    Task PublishAsync(IReadOnlyCollection<string> shards, CancellationToken cancellationToken);

    /// <summary>Takes a name; null when none came within the time.</summary>
    /// <exception cref="Ledgers.FleetException">The queue cannot be reached.</exception>
    Task<ShardDelivery?> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken);
}
