namespace ClosureScan.Analysis.Policy;

/// <summary>The least effect of a finding that fails a check.</summary>
public enum FailureThreshold
{
    /// <summary>Whatever costs bytes, and whatever breaks.</summary>
    Bloats,

    /// <summary>Only what breaks on the host.</summary>
    Breaks,

    /// <summary>No finding fails the check; an incomplete scan still does.</summary>
    None,
}
