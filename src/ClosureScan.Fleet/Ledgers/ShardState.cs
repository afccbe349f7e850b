namespace ClosureScan.Fleet.Ledgers;

/// <summary>What became of a shard so far.</summary>
internal enum ShardState
{
    /// <summary>Nobody works on it.</summary>
    Queued,

    /// <summary>Somebody began to.</summary>
    Running,

    /// <summary>All its results are in the ledger.</summary>
    Done,

    /// <summary>What is in it ended its worker again and again.</summary>
    Poison,

    /// <summary>It was replaced by two halves.</summary>
    Split,
}
