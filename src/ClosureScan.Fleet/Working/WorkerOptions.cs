namespace ClosureScan.Fleet.Working;

/// <summary>How a worker works.</summary>
internal sealed record WorkerOptions
{
    /// <summary>How many NARs are read at once.</summary>
    public required int Jobs { get; init; }

    /// <summary>Whether it ends when nothing is left to be done, and does not wait for more.</summary>
    public required bool EndsWhenDone { get; init; }

    /// <summary>What to call it in the ledger.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>How long one NAR may take: less than the half hour after which a broker gives a shard to another.</summary>
    public TimeSpan NarPatience { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long a published shard may wait for somebody to begin it, while the queue is empty, before it is published again.</summary>
    public TimeSpan PublishPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a begun shard may take before it is published again, in case both its worker and the broker have forgotten it.</summary>
    public TimeSpan ShardPatience { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>The first pause after a cache could not be reached; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often in a row a cache may not be reached before the worker gives up.</summary>
    public int MostFailures { get; init; } = 6;
}
