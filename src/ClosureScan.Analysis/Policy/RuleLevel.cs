namespace ClosureScan.Analysis.Policy;

/// <summary>What a policy makes of a rule.</summary>
internal enum RuleLevel
{
    /// <summary>It is not judged; what it finds stays counted among what is accepted.</summary>
    Off,

    /// <summary>It is worth knowing and never fails the check.</summary>
    Note,

    /// <summary>It is shown and never fails the check.</summary>
    Warning,

    /// <summary>It fails the check when its effect is at or above <see cref="ClosurePolicy.FailOn"/>.</summary>
    Error,
}
