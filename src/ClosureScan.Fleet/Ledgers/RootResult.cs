using System.Collections.Immutable;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>What came of the judgement of a root.</summary>
/// <param name="Root">The root.</param>
/// <param name="Host">The host that it was to be judged for; empty where it tells itself.</param>
internal sealed record RootResult(long Root, string Host)
{
    /// <summary>The host that it was judged for; null where nothing tells.</summary>
    public required string? FoundHost { get; init; }

    /// <summary>Why it is not complete: the first problem; null when it is.</summary>
    public required string? Problem { get; init; }

    /// <summary>How many paths its closure has.</summary>
    public required int PathCount { get; init; }

    /// <summary>The bytes of its closure.</summary>
    public required long ClosureSize { get; init; }

    /// <summary>What is wrong, as rows of the ledger.</summary>
    public required ImmutableArray<OccurrenceRow> Occurrences { get; init; }
}
