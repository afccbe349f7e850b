using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Foreign code that is right where it is: what would be a finding if <see cref="AnalysisOptions.Legitimate"/> left its kind out.</summary>
public sealed record LetThrough
{
    /// <summary>What kind; <see cref="LegitimateKinds.Reason"/> says why it is right.</summary>
    public required LegitimateKind Kind { get; init; }

    /// <summary>The path it lies in.</summary>
    public required StorePath Path { get; init; }

    /// <summary>The path it refers to; null for files.</summary>
    public StorePath? To { get; init; }

    /// <summary>What the files are built for; null for a reference.</summary>
    public string? Platform { get; init; }

    /// <summary>What is to be said of it beside its kind; null for most.</summary>
    public string? Note { get; init; }

    /// <summary>How many files.</summary>
    public required long FileCount { get; init; }

    /// <summary>The first of them, paths inside <see cref="Path"/>.</summary>
    public required ImmutableArray<string> Files { get; init; }
}
