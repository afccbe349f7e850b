using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The page of a difference: what came, grew, shrank and went, by the bytes and with the reference that brought it; and what became of the findings.</summary>
internal sealed class DiffPage(ClosureDiff diff, PageWriter page, string version)
{
    private const int RowsShown = 1000;
    private const double Visible = 0.006;

    private readonly double _largest = Math.Max(1, diff.Changes.Select(change => Math.Abs(change.Delta)).DefaultIfEmpty(1).Max());

    public void Write()
    {
        (string mood, string badge) = diff.Outcome switch
        {
            ChangeOutcome.Incomplete => ("unsure", "Incomplete"),
            ChangeOutcome.Worse => ("bad", "New findings"),
            _ => ("good", "Nothing worse"),
        };
        PageShell.Begin(
            page, string.Join(", ", Roots(diff.After).Take(2).Select(root => root.Name)), mood, badge, $"The closure {Grew(diff.Delta, ClosureDiff.Sum(diff.Before.Graph))}", Facts(),
            ("findings", "Findings"), ("changes", $"Changes {diff.Changes.Length}"));
        WriteProblems();
        WriteFindings();
        WriteChanges();
        PageShell.End(page, version, [], []);
    }

    private static string Grew(long delta, long before) => delta == 0 ? "is as large as before" : $"{(delta > 0 ? "grew" : "shrank")} by {ByteText.Of(Math.Abs(delta))}, {SummaryText.Percent(Math.Abs(delta), before)}";

    private static IEnumerable<StorePath> Roots(ClosureSnapshot side) => side.Graph.Roots.ToArray().Select(root => side.Graph.Paths[root]);

    private static PageText Side(ClosureSnapshot side) =>
        $"{PageText.Join(Roots(side).Take(5).Select(root => (PageText)$"<code>{root.BaseName}</code> "))}<br><strong>{ByteText.Of(ClosureDiff.Sum(side.Graph))}</strong> in {PageShell.Count(side.Graph.NodeCount, "path")}, host {side.Host.Platform?.System ?? "unknown"}";

    private PageText Facts() =>
        $"<dl class=\"facts\">\n{PageShell.Fact("Before", Side(diff.Before))}{PageShell.Fact("After", Side(diff.After))}{PageShell.Fact("Paths", Counts())}</dl>\n";

    private PageText Counts() =>
        $"{diff.Changes.Count(change => change.Before is null)} came, {diff.Changes.Count(change => change.After is null)} went, {diff.Changes.Count(change => change is { Before: not null, After: not null })} changed, {diff.SameCount} the same";

    private void WriteProblems()
    {
        ImmutableArray<ScanProblem> problems = [.. diff.Before.Problems, .. diff.After.Problems];
        if (!problems.IsEmpty)
        {
            page.Write($"<section class=\"problems\" aria-labelledby=\"problems-title\">\n<h2 id=\"problems-title\">This report does not cover both closures whole</h2>\n<ul>\n{PageText.Join(problems.Take(100).Select(problem => (PageText)$"<li><code>{problem.Path}</code>: {problem.Message}</li>\n"))}</ul>\n</section>\n");
        }
    }

    private void WriteChanges()
    {
        page.Write($"""
            <section id="changes" aria-labelledby="changes-title">
            <h2 id="changes-title">What changed</h2>
            <div class="wide" role="region" aria-label="Changes" tabindex="0">
            <table class="changes">
            <thead><tr><th scope="col" class="number">bytes</th><th scope="col" class="picture">smaller | larger</th><th scope="col">what</th><th scope="col">path</th></tr></thead>
            <tbody>

            """);
        int shown = 0;
        foreach (PathChange change in diff.Changes.Take(RowsShown).TakeWhile(_ => page.HasRoom))
        {
            shown++;
            WriteChange(change);
        }

        page.Write($"</tbody></table></div>\n");
        if (shown < diff.Changes.Length)
        {
            page.Write($"<p class=\"left-out\">and {PageShell.Count(diff.Changes.Length - shown, "smaller change")} of {Signed(diff.Changes.Skip(shown).Sum(change => change.Delta))} together: --format json tells all</p>\n");
        }

        page.Write($"</section>\n");
    }

    private void WriteChange(PathChange change)
    {
        double share = change.Delta == 0 ? 0 : Math.Max(Visible, Math.Abs(change.Delta) / _largest / 2);
        PageText bar = change.Delta < 0 ? PageShell.Bar("smaller", 0.5 - share, share) : PageShell.Bar("larger", 0.5, share);
        PageText path = change switch
        {
            { Before: { } before, After: { } after } => $"<code>{before.BaseName}</code> <span class=\"arrow\">→</span> <code>{after.BaseName}</code>",
            _ => $"<code>{(change.After ?? change.Before)!.BaseName}</code>",
        };
        string what = change switch { { Before: null } => "came", { After: null } => "went", _ => "changed" };
        page.Write($"<tr><td class=\"number\">{Signed(change.Delta)}</td><td class=\"picture\">{bar}</td><td>{what}</td><th scope=\"row\">{path}{BroughtBy(change)}</th></tr>\n");
    }

    private static PageText BroughtBy(PathChange change)
    {
        if (change.BroughtBy is not { } edge)
        {
            return $"";
        }

        PageText through = edge.To.Equals(change.After) ? (PageText)$"" : $" through <code>{edge.To.Name}</code>";
        PageText place = change.Evidence.FirstOrDefault() is { } evidence ? (PageText)$": {FindingHtml.Place(evidence, evidence.Count)}" : $"";
        return $"<br><span class=\"via\">brought by <code>{edge.From.Name}</code>{through}{place}</span>";
    }

    private void WriteFindings()
    {
        page.Write($"<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">What became of the findings</h2>\n");
        page.Write(PageText.Join(diff.Remarks.Select(remark => (PageText)$"<p class=\"left-out\">{remark}</p>\n")));
        WriteOccurrences("New", OccurrenceChange.New);
        WriteOccurrences("Stronger: they bloated, and now they break", OccurrenceChange.Stronger);
        WriteOccurrences("Weaker: they broke, and now they only bloat", OccurrenceChange.Weaker);
        WriteList("Gone", [.. diff.Comparison.Gone.Select((BaselineEntry entry) => (PageText)$"<li><code>{entry.ToString()}</code></li>\n")]);
        WriteOccurrences("As before", OccurrenceChange.Same);
        page.Write($"</section>\n");
    }

    private void WriteOccurrences(string title, OccurrenceChange change) => WriteList(title,
    [
        .. diff.Select(change).SelectMany(finding => finding.Occurrences)
            .Select(place => (PageText)$"<li><span class=\"effect {place.Effect.ToName()}\">{place.Effect.ToName()}</span> <code>{place.Key.ToString()}</code>{(PageText)(place.Evidence is { } evidence ? (PageText)$"<br>{FindingHtml.Place(evidence, place.Count)}" : $"")}<br><span class=\"dim\">{place.Fix}</span></li>\n"),
    ]);

    private void WriteList(string title, ImmutableArray<PageText> items)
    {
        page.Write($"<h3>{title}: {items.Length}</h3>\n");
        if (!items.IsEmpty)
        {
            page.Write($"<ul>\n{PageText.Join(items.Take(RowsShown))}</ul>\n{(PageText)(items.Length > RowsShown ? (PageText)$"<p class=\"left-out\">and {items.Length - RowsShown} more</p>\n" : $"")}");
        }
    }

    private static string Signed(long bytes) => (bytes > 0 ? "+" : bytes < 0 ? "−" : "") + ByteText.Of(Math.Abs(bytes));
}
