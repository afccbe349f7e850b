using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Policy;

/// <summary>The <c>allow</c> entries of a policy, and what each of them was good for so far.</summary>
internal sealed class AllowList(ClosurePolicy policy, DateOnly today)
{
    private readonly bool[] _isMatched = new bool[policy.Allow.Length];
    private readonly bool[] _isNeeded = new bool[policy.Allow.Length];
    private readonly OccurrenceStatus[] _statuses = [.. policy.Allow.Select(entry => new OccurrenceStatus(OccurrenceState.Allowed, entry.Reason, entry.Line))];

    /// <summary>The status by the first entry that accepts the occurrence; null when none does. An expired one accepts nothing; that it would have is remembered.</summary>
    public OccurrenceStatus? Find(Finding finding, Occurrence occurrence)
    {
        int first = -1;
        for (int i = 0; i < _isMatched.Length; i++)
        {
            AllowEntry entry = policy.Allow[i];
            if ((first < 0 || !_isMatched[i]) && AllowMatch.IsMatch(entry, finding, occurrence))
            {
                _isMatched[i] = true;
                first = first < 0 && !entry.IsExpired(today) ? i : first;
            }
        }

        if (first < 0)
        {
            return null;
        }

        _isNeeded[first] = true;
        return _statuses[first];
    }

    /// <summary>The entries that do nothing any more.</summary>
    public IEnumerable<StaleEntry> Stale()
    {
        for (int i = 0; i < _isMatched.Length; i++)
        {
            AllowEntry entry = policy.Allow[i];
            bool expired = entry.IsExpired(today);
            if (expired || !_isNeeded[i])
            {
                yield return new StaleEntry(entry, expired, _isMatched[i]);
            }
        }
    }
}
