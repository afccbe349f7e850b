using ClosureScan.Analysis.Baselines;

namespace ClosureScan.Analysis.Policy;

/// <summary>What judging takes beside the report and the policy.</summary>
public sealed record PolicyOptions
{
    /// <summary>No baseline, not strict, today by the system's clock.</summary>
    public static PolicyOptions Default { get; } = new();

    /// <summary>What is known already; null when every finding counts as new.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether stale <c>allow</c> entries and findings that are gone from the closure but not from the baseline fail the check.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Tells the day on which entries expire, in UTC.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
