namespace ClosureScan.Analysis.Comparing;

/// <summary>How two closures are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>What <c>new ComparisonOptions()</c> gives.</summary>
    public static ComparisonOptions Default { get; } = new();

    /// <summary>How many paths are read at once. Default: the number of processors.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The build log of a path of the cross side, as <c>nix log</c> prints it; null, or a null answer, without one.</summary>
    public Func<Paths.StorePath, string?>? CrossLog { get; init; }

    /// <summary>The build log of a path of the native side.</summary>
    public Func<Paths.StorePath, string?>? NativeLog { get; init; }
}
