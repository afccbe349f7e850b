using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What a closure would be after some edits. Immutable.</summary>
public sealed record WhatIfReport
{
    /// <summary>The edits that were tried.</summary>
    public required ImmutableArray<ProposedEdit> Edits { get; init; }

    /// <summary>Those of them that name nothing: no such reference, or no file that the scan tells of.</summary>
    public required ImmutableArray<ProposedEdit> Unmatched { get; init; }

    /// <summary>Those of them whose files hold no reference, so that nothing leaves by them.</summary>
    public ImmutableArray<ProposedEdit> WithoutReference { get; init; } = [];

    /// <summary>The references that go, by the path that refers; those at dropped paths not included.</summary>
    public required ImmutableArray<(StorePath From, StorePath To)> Dropped { get; init; }

    /// <summary>References that are counted as staying because not every file that holds them is known.</summary>
    public required ImmutableArray<UndecidedReference> Undecided { get; init; }

    /// <summary>The bytes of the closure before.</summary>
    public required long ClosureSizeBefore { get; init; }

    /// <summary>The paths of the closure before.</summary>
    public required int ClosureCountBefore { get; init; }

    /// <summary>The bytes of the closure after. Files that are split off count as if they stayed: a scan does not tell their sizes.</summary>
    public required long ClosureSizeAfter { get; init; }

    /// <summary>The paths of the closure after.</summary>
    public required int ClosureCountAfter { get; init; }

    /// <summary>The bytes that leave the closure.</summary>
    public required long FreedBytes { get; init; }

    /// <summary>The paths that leave the closure, sorted.</summary>
    public required ImmutableArray<AnalyzedPath> Freed { get; init; }

    /// <summary>What the edits let go of and other references hold still, the largest first.</summary>
    public ImmutableArray<StayingPath> Staying { get; init; } = [];

    /// <summary>The findings that the edits end, worst first.</summary>
    public required ImmutableArray<Finding> FindingsGone { get; init; }

    /// <summary>The findings that remain, worst first.</summary>
    public required ImmutableArray<Finding> FindingsLeft { get; init; }
}
