namespace ClosureScan.Evidence;

/// <summary>Texts of one kind that a deep scan found in a path: true counts, and evidence as of a <see cref="FoundReference"/>.</summary>
internal sealed record FoundText
{
    /// <summary>Nothing found.</summary>
    public static FoundText None { get; } = new();

    /// <summary>How often.</summary>
    public long Count { get; init; }

    /// <summary>In how many files and symlinks.</summary>
    public long FileCount { get; init; }

    /// <summary>One item a file, mechanism, usage and text.</summary>
    public EvidenceList Evidence { get; init; }
}
