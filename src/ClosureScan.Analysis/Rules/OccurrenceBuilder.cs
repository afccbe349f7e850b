using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Rules;

/// <summary>Makes occurrences of hits: one a file and mechanism, as bad as its worst hit.</summary>
internal static class OccurrenceBuilder
{
    public static ImmutableArray<Occurrence> Build(
        Rule rule, StorePath path, string target, IEnumerable<ReferenceEvidence> evidence, Func<ReferenceEvidence, Effect> judge, Func<ReferenceEvidence?, Effect, string> advise)
    {
        string package = KeyText.OfPackage(path);
        string about = KeyText.Escape(target);
        Dictionary<(string File, Mechanism Mechanism), Hits> places = [];
        foreach (ReferenceEvidence item in evidence)
        {
            Effect effect = judge(item);
            places[(item.File, item.Mechanism)] = places.TryGetValue((item.File, item.Mechanism), out Hits hits) ? hits.With(item, effect) : new Hits(item, effect, item.Count);
        }

        if (places.Count == 0)
        {
            return [Make(null, Effect.Bloats, 1)];
        }

        return [.. places.Values.OrderByDescending(hits => hits.Effect).ThenBy(hits => hits.Worst.NarOffset).Select(hits => Make(hits.Worst, hits.Effect, hits.Count))];

        Occurrence Make(ReferenceEvidence? worst, Effect effect, long count) => new()
        {
            Rule = rule.Id,
            Effect = effect,
            Severity = rule.Severity,
            Evidence = worst,
            Count = count,
            Fix = advise(worst, effect),
            Key = new OccurrenceKey(rule.Id, package, KeyText.OfFile(worst?.File, path), worst?.Mechanism, about),
        };
    }

    private readonly record struct Hits(ReferenceEvidence Worst, Effect Effect, long Count)
    {
        public Hits With(ReferenceEvidence item, Effect effect) =>
            effect > Effect || (effect == Effect && item.NarOffset < Worst.NarOffset) ? new(item, effect, Count + item.Count) : this with { Count = Count + item.Count };
    }
}
