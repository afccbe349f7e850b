using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// What became of every occurrence, by the keys: new, stronger, weaker, the same, or gone. A check against a baseline and the diff of two
/// closures both ask this, and so never contradict each other. Immutable.
/// </summary>
/// <remarks>
/// Law: the occurrences now are the same, weaker, stronger and new ones; those before are the same, weaker, stronger and gone ones. Where
/// several occurrences share a key, as two versions of a package do, they are counted, and of one too many the last one is told as new:
/// mending any of them mends it.
/// </remarks>
internal sealed class OccurrenceComparison
{
    private readonly Dictionary<Occurrence, OccurrenceChange> _changes;

    private OccurrenceComparison(Dictionary<Occurrence, OccurrenceChange> changes, ImmutableArray<BaselineEntry> gone)
    {
        _changes = changes;
        Gone = gone;
    }

    /// <summary>What is not there any more, sorted.</summary>
    public ImmutableArray<BaselineEntry> Gone { get; }

    /// <summary>Compares. O(n log n).</summary>
    /// <param name="before">What was there.</param>
    /// <param name="now">The findings now.</param>
    /// <param name="isMeant">Which of their occurrences take part; all when null.</param>
    public static OccurrenceComparison Compare(IEnumerable<BaselineEntry> before, IEnumerable<Finding> now, Func<Occurrence, bool>? isMeant = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        Dictionary<PlaceKey, List<KnownPlace>> known = [];
        List<KnownPlace> all = [];
        foreach (BaselineEntry entry in before)
        {
            KnownPlace place = new(entry);
            all.Add(place);
            PlaceKey key = PlaceKey.Of(entry.Key);
            if (!known.TryGetValue(key, out List<KnownPlace>? places))
            {
                known.Add(key, places = []);
            }

            places.Add(place);
        }

        Dictionary<PlaceKey, List<(Finding Finding, Occurrence Occurrence)>> present = [];
        foreach (Finding finding in now)
        {
            foreach (Occurrence occurrence in finding.Occurrences.Where(occurrence => isMeant?.Invoke(occurrence) != false))
            {
                PlaceKey key = PlaceKey.Of(occurrence.Key);
                if (!present.TryGetValue(key, out List<(Finding, Occurrence)>? occurrences))
                {
                    present.Add(key, occurrences = []);
                }

                occurrences.Add((finding, occurrence));
            }
        }

        Dictionary<Occurrence, OccurrenceChange> changes = new(ReferenceEqualityComparer.Instance);
        foreach ((PlaceKey key, List<(Finding Finding, Occurrence Occurrence)> occurrences) in present)
        {
            PlaceMatch match = new(known.GetValueOrDefault(key) ?? [], changes);
            match.Run(occurrences, known.GetValueOrDefault(key with { File = BaselineEntry.OtherFiles }) ?? []);
        }

        return new OccurrenceComparison(changes, [.. BaselineEntry.Sort(all.Where(place => place.Left > 0).Select(place => place.Entry with { Count = place.Left }))]);
    }

    /// <summary>What became of an occurrence; null for one that took no part.</summary>
    public OccurrenceChange? Find(Occurrence occurrence) => _changes.TryGetValue(occurrence, out OccurrenceChange change) ? change : null;

    /// <summary>What of those before is still there, as a baseline of today has it: nothing that is new, and nothing stronger than it was.</summary>
    public ImmutableArray<BaselineEntry> Kept() =>
    [
        .. BaselineEntry.Sort(_changes.Where(change => change.Value != OccurrenceChange.New)
            .GroupBy(change => (change.Key.Key, change.Value == OccurrenceChange.Stronger ? Effect.Bloats : change.Key.Effect))
            .Select(group => new BaselineEntry(group.Key.Key, group.Key.Item2, group.LongCount()))),
    ];

    /// <summary>How many occurrences changed so.</summary>
    public int Count(OccurrenceChange change) => _changes.Values.Count(value => value == change);
}
