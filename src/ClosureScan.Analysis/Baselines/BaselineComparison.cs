namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// What a closure has beside what a baseline knows. A finding is known in as many places as the baseline counts; with one more, all of
/// them are told, since nobody can say which is the new one.
/// </summary>
/// <remarks>
/// Of a reference that many files hold, the evidence names a few, and the rest is a number. When a named file is mended, one of
/// the rest gets a name and is no new finding. So where the baseline has such a number, the rest is all that the
/// baseline does not know by name, and it may only become less.
/// </remarks>
internal sealed class BaselineComparison
{
    private readonly Baseline _baseline;
    private readonly IReadOnlyDictionary<BaselineKey, long> _now;
    private readonly Dictionary<BaselineKey, long> _rest = [];

    /// <param name="baseline">What is known.</param>
    /// <param name="now">What the closure has: in how many places each finding is.</param>
    public BaselineComparison(Baseline baseline, IReadOnlyDictionary<BaselineKey, long> now)
    {
        _baseline = baseline;
        _now = now;
        foreach ((BaselineKey key, long count) in now)
        {
            BaselineKey rest = RestOf(key);
            long more = key == rest ? count : Math.Max(0, count - baseline.CountOf(key));
            _rest[rest] = _rest.GetValueOrDefault(rest) + more;
        }
    }

    /// <summary>Whether the baseline knows the finding in all places where the closure has it.</summary>
    public bool IsKnown(BaselineKey key)
    {
        BaselineKey rest = RestOf(key);
        return (key != rest && _now.GetValueOrDefault(key) <= _baseline.CountOf(key))
            || (_baseline.CountOf(rest) is > 0 and long known && _rest.GetValueOrDefault(rest) <= known);
    }

    /// <summary>What the baseline has and the closure has not, or in fewer places: by how many.</summary>
    public IEnumerable<BaselineEntry> Gone() =>
        from entry in _baseline.Entries
        let less = entry.Count - Left(entry.Key)
        where less > 0
        select entry with { Count = less };

    /// <summary>What the baseline knows, and not in all places where the closure has it.</summary>
    public IEnumerable<GrownEntry> Grown() =>
        from entry in _baseline.Entries
        where !IsKnown(entry.Key) && Left(entry.Key) > entry.Count
        select new GrownEntry(entry with { Count = Left(entry.Key) }, entry.Count);

    /// <summary>What of the baseline is still there.</summary>
    public IEnumerable<BaselineEntry> Kept() =>
        from entry in _baseline.Entries
        let left = Math.Min(entry.Count, Left(entry.Key))
        where left > 0
        select entry with { Count = left };

    private long Left(BaselineKey key) => (key == RestOf(key) ? _rest : _now).GetValueOrDefault(key);

    private static BaselineKey RestOf(BaselineKey key) => key.File == BaselineKey.OtherFiles ? key : key with { File = BaselineKey.OtherFiles };
}
