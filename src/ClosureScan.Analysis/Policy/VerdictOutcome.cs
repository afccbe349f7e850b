namespace ClosureScan.Analysis.Policy;

/// <summary>What a check came to. Later ones outrank earlier ones.</summary>
public enum VerdictOutcome
{
    /// <summary>Everything was scanned and nothing fails.</summary>
    Passed,

    /// <summary>Something fails the check.</summary>
    Failed,

    /// <summary>The policy asks for something that cannot be judged here: a budget for a root that is not there.</summary>
    Misconfigured,

    /// <summary>Something could not be read, or is missing.</summary>
    Incomplete,

    /// <summary>Nothing was scanned.</summary>
    Nothing,
}
