namespace ClosureScan.Analysis.Baselines;

/// <summary>A finding that a baseline knows, in more places than it knows. All of them fail, since nobody can say which is the new one.</summary>
/// <param name="Entry">The finding and in how many places the closure has it.</param>
/// <param name="Known">In how many the baseline knows it.</param>
public sealed record GrownEntry(BaselineEntry Entry, long Known)
{
    /// <summary>The entry, and what the baseline has.</summary>
    public override string ToString() => $"{Entry}: the baseline knows {(Known == 1 ? "one" : Known)}";
}
