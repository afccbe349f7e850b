namespace ClosureScan.Analysis.Policy;

/// <summary>An <c>allow</c> entry that does nothing any more.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsExpired">Whether its day has passed.</param>
/// <param name="IsMatched">Whether there is something that it is about: for an expired entry, what came back; for another, what entries above it accept already.</param>
internal sealed record StaleEntry(AllowEntry Entry, bool IsExpired, bool IsMatched)
{
    /// <summary>What is wrong with it.</summary>
    public string Problem => (IsExpired, IsMatched) switch
    {
        (true, true) => "expired; what it accepted is a finding again",
        (true, false) => "expired, and nothing matches it: delete it",
        (false, true) => "entries above it accept all that it would: delete it",
        _ => "nothing matches it: delete it",
    };
}
