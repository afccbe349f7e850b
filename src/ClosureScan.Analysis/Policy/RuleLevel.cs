namespace ClosureScan.Analysis.Policy;

/// <summary>What a finding of a rule means for the verdict.</summary>
public enum RuleLevel
{
    /// <summary>It is not judged; it stays counted among the suppressed.</summary>
    Off,

    /// <summary>It is shown and never fails the check.</summary>
    Warn,

    /// <summary>It fails the check when its effect is at or above <see cref="ClosurePolicy.FailOn"/>.</summary>
    Error,
}
