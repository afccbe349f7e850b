using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>A reference to take out of a path, as many edits as files hold it; or files that are wrong themselves, to be built anew or left out.</summary>
public sealed record ClosureEdit
{
    /// <summary>The path to change.</summary>
    public required StorePath From { get; init; }

    /// <summary>The path that it must not name any more; null when the files themselves are wrong.</summary>
    public required StorePath? To { get; init; }

    /// <summary>The files that hold the reference, in the order of the NAR; at most as many as the scan keeps, none where the bytes were not read.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>How many files have to be edited: at least 1, since a reference that the bytes do not show has to be edited somewhere.</summary>
    public required long FileCount { get; init; }

    /// <summary>The bytes that hold it, one piece a file and mechanism.</summary>
    public required EvidenceList Evidence { get; init; }

    /// <summary>The bytes that leave the closure when this reference goes and all others stay.</summary>
    public required long FreedAlone { get; init; }

    /// <summary>What to do, when it ends a finding; null otherwise.</summary>
    public required string? Fix { get; init; }
}
