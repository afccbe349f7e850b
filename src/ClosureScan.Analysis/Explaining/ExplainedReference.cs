using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>One reference of the closure with the bytes that hold it.</summary>
public sealed record ExplainedReference
{
    /// <summary>The path that refers.</summary>
    public required StorePath From { get; init; }

    /// <summary>The path it refers to.</summary>
    public required StorePath To { get; init; }

    /// <summary>How many references the shortest chain from a root to a target has that goes over this one.</summary>
    public required int ChainLength { get; init; }

    /// <summary>
    /// Whether the bytes behind it are known. Where they are and hold nothing, the store registered a reference that the bytes do not
    /// have; where they are not, <see cref="From"/> could not be read, or a saved report does not tell (<see cref="WhyReport.IsSaved"/>).
    /// </summary>
    public required bool WasRead { get; init; }

    /// <summary>How many files, symlinks and names hold it; 0 when nothing is known.</summary>
    public required long FileCount { get; init; }

    /// <summary>All occurrences in them; of a saved report those that its evidence counts.</summary>
    public required long Count { get; init; }

    /// <summary>The files, in the order of the NAR; at most as many as the scan keeps.</summary>
    public required EvidenceList Evidence { get; init; }
}
