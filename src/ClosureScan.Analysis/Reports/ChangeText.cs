using System.Globalization;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Reports;

/// <summary>The sentences that every report of a difference begins with: whether it is worse, and how large the closure was and is.</summary>
/// <param name="diff">The difference.</param>
/// <param name="bytes">How sizes are written, as with <see cref="Media.ByteText"/>.</param>
internal sealed class ChangeText(ClosureDiff diff, Func<long, string> bytes)
{
    /// <summary>The kinds of change in the order of a report, each with its findings by what they drag in.</summary>
    public IEnumerable<(string Word, IEnumerable<FindingGroup> Groups)> Kinds =>
    [
        ("new", diff.SelectGroups(OccurrenceChange.New)),
        ("stronger", diff.SelectGroups(OccurrenceChange.Stronger)),
        ("weaker", diff.SelectGroups(OccurrenceChange.Weaker)),
        ("gone", diff.GoneGroups()),
    ];

    /// <summary>The word of the verdict.</summary>
    public string Verdict => diff.Outcome switch
    {
        ChangeOutcome.Incomplete => "Incomplete:",
        ChangeOutcome.Worse => "Worse:",
        ChangeOutcome.Better => "Better:",
        _ => "No finding came or went:",
    };

    /// <summary>How many findings became what: those of which there are none are left out, but not that none is new.</summary>
    public string Counts
    {
        get
        {
            List<string> counts = [];
            foreach ((string word, IEnumerable<FindingGroup> groups) in Kinds)
            {
                int count = groups.Sum(group => group.Findings.Length);
                if (count > 0 || word == "new")
                {
                    counts.Add(count == 0 ? "none new" : $"{Number(count)} {word}");
                }
            }

            counts.Add($"{Number(diff.Select(OccurrenceChange.Same).Count())} as before");
            return string.Join(", ", counts) + ".";
        }
    }

    /// <summary>The closure before and after, in bytes and per cent, and its paths.</summary>
    public string Sizes
    {
        get
        {
            long before = ClosureDiff.Sum(diff.Before.Graph);
            long after = ClosureDiff.Sum(diff.After.Graph);
            string change = before == after ? "as large as before" : $"{Signed(diff.Delta)}, {(diff.Delta > 0 ? "+" : "")}{SummaryText.Percent(diff.Delta, before)}";
            return $"{bytes(before)} → {bytes(after)} ({change}).";
        }
    }

    /// <summary>How many paths came, went, became others and stayed.</summary>
    public string Paths
    {
        get
        {
            int added = diff.Changes.Count(change => change.Before is null);
            int removed = diff.Changes.Count(change => change.After is null);
            return $"{Number(added)} {(added == 1 ? "path" : "paths")} added, {Number(removed)} removed, {Number(diff.Changes.Length - added - removed)} changed, {Number(diff.SameCount)} the same.";
        }
    }

    /// <summary>A difference of bytes, with its sign.</summary>
    public string Signed(long delta) => (delta > 0 ? "+" : "") + bytes(delta);

    /// <summary>What became of a path: <c>added</c>, <c>removed</c> or <c>changed</c>.</summary>
    public static string WordOf(PathChange change) => change.Before is null ? "added" : change.After is null ? "removed" : "changed";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
