using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Rules;

/// <summary>Makes occurrences of hits: one a file and mechanism, as bad as its worst hit. A file in a container is one of its own.</summary>
internal static class OccurrenceBuilder
{
    public static ImmutableArray<Occurrence> Build(
        Rule rule, StorePath path, string target, IEnumerable<ReferenceEvidence> evidence, Func<ReferenceEvidence, Effect> judge, Func<ReferenceEvidence?, Effect, string> advise)
    {
        string package = KeyText.OfPackage(path);
        string about = KeyText.Escape(target);
        Dictionary<(string File, string? Member, Mechanism Mechanism), Hits> places = [];
        foreach (ReferenceEvidence item in evidence)
        {
            Effect effect = judge(item);
            (string, string?, Mechanism) place = (item.File, MemberOf(item), item.Mechanism);
            places[place] = places.TryGetValue(place, out Hits hits) ? hits.With(item, effect) : new Hits(item, effect, item.Count);
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
            Key = new OccurrenceKey(rule.Id, package, KeyText.OfFile(worst is null ? null : MemberOf(worst) is { } member ? $"{worst.File}:{member}" : worst.File, path), worst?.Mechanism, about),
        };
    }

    /// <summary>Which file of a container is meant, as a rule says it that judges them one by one; null for a file of its own, and for what was found in a stream.</summary>
    private static string? MemberOf(ReferenceEvidence item) => item is { SectionOffset: null, Mechanism: Mechanism.Data or Mechanism.Shebang or Mechanism.ElfInterpreter } ? item.Section : null;

    private readonly record struct Hits(ReferenceEvidence Worst, Effect Effect, long Count)
    {
        public Hits With(ReferenceEvidence item, Effect effect) =>
            effect > Effect || (effect == Effect && item.NarOffset < Worst.NarOffset) ? new(item, effect, Count + item.Count) : this with { Count = Count + item.Count };
    }
}
