using ClosureScan.Paths;

namespace ClosureScan.Analysis.Policy;

/// <summary>How one budget fared on one root.</summary>
internal sealed record BudgetResult
{
    /// <summary>The budget.</summary>
    public required SizeBudget Budget { get; init; }

    /// <summary>The root; null when the budget's glob matches none.</summary>
    public StorePath? Root { get; init; }

    /// <summary>Whether it was kept.</summary>
    public required BudgetState State { get; init; }

    /// <summary>The closure size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The most bytes it may have, by the stricter of the budget's limits.</summary>
    public long Limit { get; init; }

    /// <summary>The result in one sentence.</summary>
    public required string Message { get; init; }
}
