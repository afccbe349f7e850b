using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// Finds for the occurrences of one place what of it was known: first what agrees in all, then in rule and mechanism, then in the file
/// alone. What a baseline of format 1 has knows neither mechanism nor effect, and stands for all that one file holds of one path.
/// </summary>
internal sealed class PlaceMatch(List<KnownPlace> known, Dictionary<Occurrence, OccurrenceChange> changes)
{
    public void Run(List<(Finding Finding, Occurrence Occurrence)> occurrences, List<KnownPlace> unnamed)
    {
        MatchEach(occurrences, (place, occurrence) => place.Entry.Effect == occurrence.Effect && Agrees(place, occurrence));
        MatchFiles(occurrences, known, _ => true);
        MatchEach(occurrences, (place, occurrence) => place.Entry.Effect is not null && Agrees(place, occurrence));
        MatchEach(occurrences, (place, occurrence) => place.Entry.Effect == occurrence.Effect);
        MatchEach(occurrences, (place, _) => place.Entry.Effect is not null);

        // A number of files without names hides nothing that breaks.
        MatchFiles(occurrences, unnamed, occurrence => occurrence.Effect == Effect.Bloats);
        foreach ((_, Occurrence occurrence) in occurrences)
        {
            changes.TryAdd(occurrence, OccurrenceChange.New);
        }
    }

    private static bool Agrees(KnownPlace place, Occurrence occurrence) =>
        place.Entry.Key.Rule == occurrence.Key.Rule && place.Entry.Key.Mechanism == occurrence.Key.Mechanism;

    private void MatchEach(List<(Finding Finding, Occurrence Occurrence)> occurrences, Func<KnownPlace, Occurrence, bool> agrees)
    {
        foreach ((_, Occurrence occurrence) in occurrences)
        {
            if (!changes.ContainsKey(occurrence) && known.Find(place => place.Left > 0 && agrees(place, occurrence)) is { } place && place.Take())
            {
                changes.Add(occurrence, place.Entry.Effect is not { } before ? OccurrenceChange.Same : Compare(before, occurrence.Effect));
            }
        }
    }

    private void MatchFiles(List<(Finding Finding, Occurrence Occurrence)> occurrences, List<KnownPlace> places, Func<Occurrence, bool> mayTake)
    {
        if (places.TrueForAll(place => place.Entry.Effect is not null || place.Left == 0))
        {
            return;
        }

        foreach (var file in occurrences.Where(item => !changes.ContainsKey(item.Occurrence) && mayTake(item.Occurrence)).GroupBy(Holder).ToArray())
        {
            HashSet<string> rules = [.. file.Select(item => item.Occurrence.Rule)];
            if (places.Find(place => place.Left > 0 && place.Entry.Effect is null && rules.Contains(place.Entry.Key.Rule)) is { } place && place.Take())
            {
                foreach ((_, Occurrence occurrence) in file)
                {
                    changes.Add(occurrence, OccurrenceChange.Same);
                }
            }
        }
    }

    private static (StorePath From, StorePath? To, string? File) Holder((Finding Finding, Occurrence Occurrence) item) =>
        (item.Finding.From, item.Finding.To, item.Occurrence.File);

    private static OccurrenceChange Compare(Effect before, Effect now) =>
        now == before ? OccurrenceChange.Same : now > before ? OccurrenceChange.Stronger : OccurrenceChange.Weaker;
}
