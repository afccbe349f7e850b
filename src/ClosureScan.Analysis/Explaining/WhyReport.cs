using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Why a closure has some paths. Immutable.</summary>
internal sealed record WhyReport
{
    /// <summary>What was asked.</summary>
    public required WhyScope Scope { get; init; }

    /// <summary>The closure, with the contents that were read.</summary>
    public required ScannedClosure Closure { get; init; }

    /// <summary>Whether the bytes come from a saved report, which knows those of its findings alone.</summary>
    public bool IsSaved { get; init; }

    /// <summary>The paths that were asked about, sorted.</summary>
    public required ImmutableArray<StorePath> Targets { get; init; }

    /// <summary>With <see cref="WhyScope.Shortest"/>: the chains to each target that were asked for, the nearest target first, up to the limit; a target's shortest first, and none left out that is shorter than one told.</summary>
    public required ImmutableArray<ExplainedChain> Chains { get; init; }

    /// <summary>With the other scopes: the references, those on the shortest chains first, up to the limit.</summary>
    public required ImmutableArray<ExplainedReference> References { get; init; }

    /// <summary>How many references there are without the limit.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>How many paths lie on some chain from a root to a target, both ends included.</summary>
    public required int PathCount { get; init; }

    /// <summary>
    /// How many different chains lead from a root to a target; null when a cycle makes them endless, and <see cref="ulong.MaxValue"/>
    /// for that many or more.
    /// </summary>
    public required ulong? ChainCount { get; init; }

    /// <summary>The answer for paths that are not in the closure: nothing leads to them.</summary>
    public static WhyReport NoChain(WhyScope scope, ScannedClosure closure, IEnumerable<StorePath> targets) => new()
    {
        Scope = scope,
        Closure = closure,
        Targets = [.. targets.Order()],
        Chains = [],
        References = [],
        ReferenceCount = 0,
        PathCount = 0,
        ChainCount = 0,
    };
}
