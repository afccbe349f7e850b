using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>What became of one path: it came (no <see cref="Before"/>), went (no <see cref="After"/>), or was rebuilt or renamed.</summary>
public sealed record PathChange
{
    /// <summary>The path before; null for one that came.</summary>
    public required StorePath? Before { get; init; }

    /// <summary>The path after; null for one that went.</summary>
    public required StorePath? After { get; init; }

    /// <summary>The bytes that the closure grew by with it; negative when it shrank.</summary>
    public required long Delta { get; init; }

    /// <summary>
    /// For a path that came: the first reference on a shortest chain to it that was not there before, as its two ends. Null when its
    /// root is new itself.
    /// </summary>
    public (StorePath From, StorePath To)? BroughtBy { get; init; }

    /// <summary>The bytes that hold that reference, when known.</summary>
    public EvidenceList Evidence { get; init; } = [];
}
