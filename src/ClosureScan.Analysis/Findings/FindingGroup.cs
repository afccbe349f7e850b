using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Findings;

/// <summary>The findings that hold one tree of the closure, with what letting go of all of them frees. Findings that hold no tree are grouped by their rule. Immutable.</summary>
public sealed record FindingGroup
{
    /// <summary>The path that the tree hangs on; null where the findings hold none.</summary>
    public StorePath? Target { get; init; }

    /// <summary>The rule, where the findings hold no tree; null where they do.</summary>
    public string? Rule { get; init; }

    /// <summary>The findings, worst first.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>How many findings hold the tree, also those that a view leaves out.</summary>
    internal int HolderCount { get => field == 0 ? Findings.Length : field; private init; }

    /// <summary>The bytes of <see cref="Target"/> and what hangs on it, once nothing refers to it; 0 without a target.</summary>
    public long TreeBytes { get; init; }

    /// <summary>The largest paths of the tree beside <see cref="Target"/>, with their bytes.</summary>
    internal ImmutableArray<(StorePath Path, long NarSize)> Parts { get; init; } = [];

    /// <summary>The bytes of the paths that leave the closure when all findings of the group are mended, what is accepted left out, and nothing else is.</summary>
    public long FreedBytes { get; init; }

    /// <summary>The targets of the other groups that hold the tree as well, so that they have to let go, too.</summary>
    public ImmutableArray<StorePath> AlsoHeldBy { get; init; } = [];

    /// <summary>Whether something that is no finding holds the tree, or an occurrence that is accepted: then no edit of findings frees it.</summary>
    public bool IsKept { get; init; }

    /// <summary>The group with those occurrences alone of which <paramref name="isMeant"/> holds, and its figures as they are; null when there is none.</summary>
    public FindingGroup? Where(Func<Occurrence, bool> isMeant)
    {
        ImmutableArray<Finding> meant = [.. Findings.Select(finding => finding.Where(isMeant)).OfType<Finding>()];
        return meant.IsEmpty ? null : this with { Findings = meant, HolderCount = HolderCount };
    }

    /// <summary>The advice that is the same for all; null where they differ.</summary>
    public string? Fix => Findings.SelectMany(finding => finding.Occurrences).Select(occurrence => occurrence.Fix).Distinct().Take(2).ToArray() is [var only] ? only : null;
}
