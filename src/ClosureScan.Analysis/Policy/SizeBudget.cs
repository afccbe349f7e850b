namespace ClosureScan.Analysis.Policy;

/// <summary>One <c>budgets</c> entry: how large the closure of a root may be. At least one of the limits is set.</summary>
internal sealed record SizeBudget
{
    /// <summary>The roots it is about.</summary>
    public required GlobPattern Root { get; init; }

    /// <summary>The most bytes; null for no such limit.</summary>
    public long? Maximum { get; init; }

    /// <summary>By how many bytes the closure may exceed what the baseline says; null for no such limit.</summary>
    public long? GrowthBytes { get; init; }

    /// <summary>By how many percent the closure may exceed what the baseline says; null for no such limit.</summary>
    public double? GrowthPercent { get; init; }

    /// <summary>Where the entry begins in its file, counted from 1; 0 when it comes from no file.</summary>
    public int Line { get; init; }

    /// <summary>Whether a baseline is needed to judge it.</summary>
    public bool NeedsBaseline => GrowthBytes is not null || GrowthPercent is not null;
}
