using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>A shard that a worker began.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Version">How it is to be done.</param>
internal sealed record ShardTask(string Id, ShardKind Kind, string Version)
{
    /// <summary>The NARs to scan that have no result yet, each by a path that has it; the store's claims are those that were planned.</summary>
    public ImmutableArray<NarTask> Nars { get; init; } = [];

    /// <summary>The roots to judge, each with the host that it is judged for.</summary>
    public ImmutableArray<(long Root, string Host)> Roots { get; init; } = [];
}
