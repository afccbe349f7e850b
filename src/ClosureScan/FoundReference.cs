using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan;

/// <summary>That one path's bytes name another path (or itself), with the evidence. Counts are exact; evidence is bounded.</summary>
public sealed record FoundReference
{
    /// <summary>The hash that was found.</summary>
    public required StorePathHash Target { get; init; }

    /// <summary>What follows the hash and its dash; null where only the hash was searched for.</summary>
    public string? Name { get; init; }

    /// <summary>All occurrences in the path: in contents, symlink targets and entry names.</summary>
    public required long Count { get; init; }

    /// <summary>How many files, symlinks and names hold at least one.</summary>
    public required long FileCount { get; init; }

    /// <summary>
    /// One item a file and mechanism, in the order of the NAR, up to <see cref="ScanOptions.MaxEvidencePerTarget"/>;
    /// <see cref="FileCount"/> tells whether there are more.
    /// </summary>
    public required ImmutableArray<ReferenceEvidence> Evidence { get; init; }
}
