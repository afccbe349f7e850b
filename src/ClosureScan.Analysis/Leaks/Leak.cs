using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Leaks;

/// <summary>One finding: which path leaks what, by which bytes, at what cost, and what to do.</summary>
public sealed record Leak
{
    /// <summary>What kind of finding.</summary>
    public required LeakRule Rule { get; init; }

    /// <summary>What it does on the host.</summary>
    public required LeakEffect Effect { get; init; }

    /// <summary>The path that holds the reference or the wrong file.</summary>
    public required StorePath From { get; init; }

    /// <summary>The path that is referred to; for a finding about files of <see cref="From"/> alone, the same path.</summary>
    public required StorePath To { get; init; }

    /// <summary>The bytes that prove it, worst first.</summary>
    public required EvidenceList Evidence { get; init; }

    /// <summary>How many files hold the reference or are wrong; at least as many as <see cref="Evidence"/> names.</summary>
    public required long FileCount { get; init; }

    /// <summary>A shortest chain of references from a root to <see cref="To"/>, both included.</summary>
    public required ImmutableArray<StorePath> Chain { get; init; }

    /// <summary>The bytes that leave the closure when this finding alone is mended.</summary>
    public required long AddedSize { get; init; }

    /// <summary>What to do, in one sentence or two.</summary>
    public required string Fix { get; init; }

    /// <summary>What identifies the finding across rebuilds: no hashes, no versions, no offsets.</summary>
    public required string Key { get; init; }

    /// <summary>For wrong-platform files: the platform they were built for.</summary>
    public string? Platform { get; init; }
}
