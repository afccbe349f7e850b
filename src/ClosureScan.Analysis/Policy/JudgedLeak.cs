using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>A finding that the policy does not accept. Where only some of its files are accepted or known, it is the rest.</summary>
/// <param name="Leak">The finding, with the evidence that is meant.</param>
/// <param name="Level">The level of its rule; never <see cref="RuleLevel.Off"/>.</param>
/// <param name="IsKnown">Whether the baseline has it.</param>
/// <param name="Fails">Whether it fails the check.</param>
public sealed record JudgedLeak(Leak Leak, RuleLevel Level, bool IsKnown, bool Fails);
