namespace ClosureScan.Analysis.Policy;

/// <summary>An <c>allow</c> entry that does nothing any more.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsExpired">Whether its day has passed; otherwise no finding matches it.</param>
/// <param name="IsNeeded">Whether findings match it: for an expired entry, those that came back.</param>
public sealed record StaleEntry(AllowEntry Entry, bool IsExpired, bool IsNeeded)
{
    /// <summary>What is wrong with it.</summary>
    public string Problem => (IsExpired, IsNeeded) switch
    {
        (true, true) => "expired; what it accepted is a finding again",
        (true, false) => "expired, and nothing matches it: delete it",
        _ => "nothing matches it: delete it",
    };
}
