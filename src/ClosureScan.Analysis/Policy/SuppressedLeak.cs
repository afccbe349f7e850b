using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>A finding, or some files of it, that the policy accepts.</summary>
/// <param name="Leak">The finding, with the evidence that is meant.</param>
/// <param name="Entry">The entry that accepts it; null when its rule is off.</param>
public sealed record SuppressedLeak(Leak Leak, AllowEntry? Entry)
{
    /// <summary>Why it is accepted.</summary>
    public string Reason => Entry?.Reason ?? "the rule is off";
}
