namespace ClosureScan.Fleet.Ledgers;

/// <summary>What a plan added to a ledger; all zero when everything was there.</summary>
/// <param name="NarCount">NARs to scan.</param>
/// <param name="ByteCount">Their bytes, uncompressed.</param>
/// <param name="RootCount">Roots to judge.</param>
/// <param name="ShardCount">Shards of both.</param>
internal sealed record PlanResult(long NarCount, long ByteCount, long RootCount, long ShardCount)
{
    /// <summary>The evaluation's jobs, new or not.</summary>
    public int JobCount { get; init; }
}
