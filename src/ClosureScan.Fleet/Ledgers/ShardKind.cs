namespace ClosureScan.Fleet.Ledgers;

/// <summary>What a shard is made of.</summary>
internal enum ShardKind
{
    /// <summary>NARs to scan.</summary>
    Scan,

    /// <summary>Roots to judge, once all NARs are scanned.</summary>
    Judge,
}
