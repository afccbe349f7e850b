using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>The fewest edits that free a closure of some paths, and what they change. Checked by walking the closure again. Immutable.</summary>
public sealed record ClosureCut
{
    /// <summary>The paths to be rid of, sorted.</summary>
    public required ImmutableArray<StorePath> Targets { get; init; }

    /// <summary>Paths of the build side that stay, sorted: an accepted reference holds them, whatever else is cut.</summary>
    public ImmutableArray<StorePath> Kept { get; init; } = [];

    /// <summary>Open findings that no edit of the cut ends, each for a reason of its own: a budget, or a path that stays. Empty when targets were named.</summary>
    public ImmutableArray<Finding> Left { get; init; } = [];

    /// <summary>The paths whose going alone would free most, with the bytes, most first: of those that the build side drags in, or that lead to the targets.</summary>
    internal ImmutableArray<(StorePath Path, long FreedBytes)> BestPaths { get; init; } = [];

    /// <summary>The same of single references.</summary>
    internal ImmutableArray<(StorePath From, StorePath To, long FreedBytes)> BestReferences { get; init; } = [];

    /// <summary>The references to remove, what frees most alone first, and behind them the files that are wrong themselves; empty when there is nothing to do, or no way.</summary>
    public required ImmutableArray<ClosureEdit> Edits { get; init; }

    /// <summary>A shortest chain from a root to a target that no edit may cut; empty when there is a cut.</summary>
    public required ImmutableArray<StorePath> UncuttableChain { get; init; }

    /// <summary>
    /// Whether the cut had to take what <see cref="CutFinder"/> otherwise spares: programs of the host may then miss what they need.
    /// </summary>
    public required bool IsForced { get; init; }

    /// <summary>The paths that leave the closure, sorted.</summary>
    public required ImmutableArray<StorePath> Freed { get; init; }

    /// <summary>Their bytes.</summary>
    public required long FreedBytes { get; init; }

    /// <summary>The bytes of the closure after the edits.</summary>
    public required long ClosureSizeAfter { get; init; }

    /// <summary>The paths of the closure after the edits.</summary>
    public required int ClosureCountAfter { get; init; }

    /// <summary>Whether there are edits that free all targets, or nothing to do.</summary>
    public bool IsPossible => UncuttableChain.IsEmpty;

    /// <summary>How many edits: one reference out of one file each, or one file built anew.</summary>
    public long EditCount => Edits.Sum(edit => edit.FileCount);

    /// <summary>How many files are edited; fewer than edits where one file holds several references.</summary>
    public long FileCount => Edits.GroupBy(edit => edit.From).Sum(group =>
        group.SelectMany(edit => edit.Files).Distinct().LongCount() + group.Sum(edit => edit.FileCount - Math.Min(edit.FileCount, edit.Files.Length)));
}
