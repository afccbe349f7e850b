using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// What changed between two closures. Law: the deltas of <see cref="Changes"/> add up to <see cref="Delta"/>; nothing else changed size.
/// Immutable.
/// </summary>
public sealed record ClosureDiff
{
    private ClosureDiff(ClosureSnapshot before, ClosureSnapshot after, ComparableRules rules)
    {
        Before = before;
        After = after;
        Remarks = rules.Remarks;
        Comparison = OccurrenceComparison.Compare(Baseline.EntriesOf(before.Findings, rules.Has), after.Findings, rules.Has);
    }

    /// <summary>The closure before.</summary>
    internal ClosureSnapshot Before { get; }

    /// <summary>The closure after.</summary>
    internal ClosureSnapshot After { get; }

    /// <summary>Every path that came, went or became another, by the size of the change.</summary>
    public required ImmutableArray<PathChange> Changes { get; init; }

    /// <summary>How many paths are the same, hash and all.</summary>
    public required int SameCount { get; init; }

    /// <summary>What became of the occurrences of the closure before; see <see cref="Select"/>.</summary>
    internal OccurrenceComparison Comparison { get; }

    /// <summary>The occurrences of the closure before that are no more.</summary>
    public ImmutableArray<BaselineEntry> Gone => Comparison.Gone;

    /// <summary>What is not compared and why, a sentence each.</summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>The findings after with those of their occurrences alone that changed so, in the order of the report.</summary>
    public IEnumerable<Finding> Select(OccurrenceChange change) =>
        After.Findings.Select(finding => finding.Where(occurrence => Comparison.Find(occurrence) == change)).OfType<Finding>();

    /// <summary>The same by what they drag in.</summary>
    internal IEnumerable<FindingGroup> SelectGroups(OccurrenceChange change) =>
        After.Groups.Select(group => group.Where(occurrence => Comparison.Find(occurrence) == change)).OfType<FindingGroup>();

    /// <summary>What is gone, as the closure before had it, with its numbers there: of several places with one key the last ones.</summary>
    internal IEnumerable<FindingGroup> GoneGroups()
    {
        ILookup<(OccurrenceKey, Effect), Occurrence> before = Before.Findings.SelectMany(finding => finding.Occurrences).ToLookup(occurrence => (occurrence.Key, occurrence.Effect));
        HashSet<Occurrence> gone = new(
            Comparison.Gone.SelectMany(entry => entry.Effect is { } effect ? before[(entry.Key, effect)].TakeLast((int)Math.Min(entry.Count, int.MaxValue)) : []),
            ReferenceEqualityComparer.Instance);
        return Before.Groups.Select(group => group.Where(gone.Contains)).OfType<FindingGroup>();
    }

    /// <summary>Whether the findings became worse, better or neither.</summary>
    internal ChangeOutcome Outcome =>
        !Before.Problems.IsEmpty || !After.Problems.IsEmpty ? ChangeOutcome.Incomplete
        : Comparison.Count(OccurrenceChange.New) + Comparison.Count(OccurrenceChange.Stronger) > 0 ? ChangeOutcome.Worse
        : Comparison.Count(OccurrenceChange.Weaker) > 0 || !Gone.IsEmpty ? ChangeOutcome.Better
        : ChangeOutcome.Same;

    /// <summary>The bytes that the closure grew by.</summary>
    public long Delta => Sum(After.Graph) - Sum(Before.Graph);

    /// <summary>The bytes of all paths of a closure.</summary>
    internal static long Sum(ClosureGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        long sum = 0;
        foreach (long size in graph.NarSizes)
        {
            sum += size;
        }

        return sum;
    }

    /// <summary>Compares. O(n log n + e) and a walk of the chains to what came.</summary>
    /// <param name="before">The closure before, scanned or read from a saved report.</param>
    /// <param name="after">The closure after.</param>
    public static ClosureDiff Compare(ClosureReport before, ClosureReport after) => Compare(ClosureSnapshot.Of(before), ClosureSnapshot.Of(after));

    /// <summary>Compares what is left of two closures to compare.</summary>
    internal static ClosureDiff Compare(ClosureSnapshot before, ClosureSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        PathAlignment alignment = PathAlignment.Create(before.Graph, after.Graph);
        List<PathChange> changes = [];
        int same = 0;
        for (int node = 0; node < before.Graph.NodeCount; node++)
        {
            StorePath path = before.Graph.Paths[node];
            int counterpart = alignment.ToAfter[node];
            StorePath? other = counterpart < 0 ? null : after.Graph.Paths[counterpart];
            long delta = (counterpart < 0 ? 0 : after.Graph.NarSize(counterpart)) - before.Graph.NarSize(node);
            if (path.Equals(other) && delta == 0)
            {
                same++;
            }
            else
            {
                changes.Add(new PathChange { Before = path, After = other, Delta = delta });
            }
        }

        changes.AddRange(FindAdded(before, after, alignment));
        return new ClosureDiff(before, after, new ComparableRules(before, after))
        {
            Changes = [.. changes.OrderByDescending(change => Math.Abs(change.Delta)).ThenBy(change => change.After ?? change.Before)],
            SameCount = same,
        };
    }

    private static IEnumerable<PathChange> FindAdded(ClosureSnapshot before, ClosureSnapshot after, PathAlignment alignment)
    {
        ShortestPaths paths = ShortestPaths.FromRoots(after.Graph);
        for (int node = 0; node < after.Graph.NodeCount; node++)
        {
            if (alignment.ToBefore[node] < 0)
            {
                (StorePath From, StorePath To)? bringer = FindBringer(before.Graph, after.Graph, alignment, paths.Chain(node));
                yield return new PathChange
                {
                    Before = null,
                    After = after.Graph.Paths[node],
                    Delta = after.Graph.NarSize(node),
                    BroughtBy = bringer,
                    Evidence = bringer is { } edge ? after.FindEvidence(edge.From, edge.To) : [],
                };
            }
        }
    }

    /// <summary>The first reference of a chain that was not there before. There is one, or the path at the end would have been there.</summary>
    private static (StorePath From, StorePath To)? FindBringer(
        ClosureGraph before, ClosureGraph after, PathAlignment alignment, ImmutableArray<int> chain)
    {
        for (int index = 1; index < chain.Length; index++)
        {
            int from = alignment.ToBefore[chain[index - 1]];
            int to = alignment.ToBefore[chain[index]];
            if (from < 0)
            {
                return null;
            }

            if (to < 0 || before.FindEdge(from, to) < 0)
            {
                return (after.Paths[chain[index - 1]], after.Paths[chain[index]]);
            }
        }

        return null;
    }
}
