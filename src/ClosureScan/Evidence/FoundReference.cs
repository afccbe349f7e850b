using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>That one path's bytes name another path (or itself), with the evidence. Counts are exact, and evidence is complete.</summary>
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

    /// <summary>One item a file, mechanism, usage and path below the target, in the order of the NAR: every file that holds the reference is named.</summary>
    public required EvidenceList Evidence { get; init; }
}
