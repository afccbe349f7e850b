namespace ClosureScan.Analysis.Findings;

/// <summary>What a policy and a baseline say of an occurrence.</summary>
public enum OccurrenceState
{
    /// <summary>Nobody knows it yet.</summary>
    New,

    /// <summary>The baseline has it.</summary>
    Known,

    /// <summary>An entry of the policy accepts it.</summary>
    Allowed,

    /// <summary>Its rule is off.</summary>
    Off,
}
