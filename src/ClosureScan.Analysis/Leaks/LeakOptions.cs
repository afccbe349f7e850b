using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>What the analysis is told beside the closure.</summary>
public sealed record LeakOptions
{
    /// <summary>Everything inferred.</summary>
    public static LeakOptions Default { get; } = new();

    /// <summary>Where the closure is to run; inferred when null.</summary>
    public Platform? Host { get; init; }

    /// <summary>Where it was built; inferred when null: the foreign platform with most files.</summary>
    public Platform? Build { get; init; }
}
