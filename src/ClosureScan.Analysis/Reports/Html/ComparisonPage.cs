using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The page of a comparison: how many pairs are how equal, each pair with what differs, and what has no counterpart.</summary>
internal sealed class ComparisonPage(ClosureComparison comparison, PageWriter page, string version)
{
    private const int PairsShown = 2000;
    private const int DifferencesShown = 50;
    private const int OpenAtFirst = 2;

    public void Write()
    {
        (string mood, string badge) = !comparison.IsComplete ? ("unsure", "Incomplete") : comparison.Level == ComparisonLevel.Different ? ("bad", "Different") : ("good", "Equal enough");
        ComparisonLevel[] levels = [.. ComparisonLevels.Values.Where(level => comparison.Count(level) > 0)];
        PageShell.Begin(
            page, string.Join(", ", comparison.Cross.Roots.Take(2).Select(root => root.Name)), mood, badge, $"{PageShell.Count(comparison.Pairs.Length, "pair")}, the least equal {comparison.Level.ToName()}: {comparison.Level.Title()}", Facts(levels),
            ("pairs", $"Pairs {comparison.Pairs.Length}"), ("unpaired", $"Without counterpart {comparison.Unpaired.Length}"));
        if (!comparison.IsComplete)
        {
            page.Write($"<section class=\"problems\" aria-labelledby=\"problems-title\">\n<h2 id=\"problems-title\">This report does not cover both closures whole</h2>\n<ul>\n{PageText.Join(comparison.Problems.Take(100).Select(problem => (PageText)$"<li><code>{problem.Path}</code>: {problem.Message}</li>\n"))}</ul>\n</section>\n");
        }

        WritePairs();
        WriteUnpaired();
        PageShell.End(page, version, [], []);
    }

    private PageText Facts(ComparisonLevel[] levels)
    {
        double all = Math.Max(1, comparison.Pairs.Length);
        PageText counts = PageText.Join(levels.Select(level => (PageText)$"<div><dt>{level.ToName()} {level.Title()}</dt><dd><strong>{comparison.Count(level)}</strong>{PageShell.Bar(level == ComparisonLevel.Different ? "larger" : "kept", 0, comparison.Count(level) / all)}</dd></div>\n"));
        return $"<dl class=\"facts\">\n{PageShell.Fact("Cross", Side(comparison.Cross))}{PageShell.Fact("Native", Side(comparison.Native))}{counts}</dl>\n";
    }

    private static PageText Side(ComparedClosure side) =>
        $"{PageText.Join(side.Roots.Take(5).Select(root => (PageText)$"<code>{root.BaseName}</code> "))}<br>{PageShell.Count(side.Paths.Length, "path")} of {side.Location}";

    private void WritePairs()
    {
        page.Write($"<section id=\"pairs\" aria-labelledby=\"pairs-title\">\n<h2 id=\"pairs-title\">Pairs, the least equal first</h2>\n");
        int shown = 0;
        foreach (PathPair pair in comparison.Pairs.Take(PairsShown).TakeWhile(_ => page.HasRoom))
        {
            WritePair(pair, ++shown);
        }

        if (shown < comparison.Pairs.Length)
        {
            page.Write($"<p class=\"left-out\">and {PageShell.Count(comparison.Pairs.Length - shown, "more pair")}, none less equal: --format json tells all</p>\n");
        }

        page.Write($"</section>\n");
    }

    private void WritePair(PathPair pair, int number)
    {
        string kinds = string.Join(", ", pair.Differences.GroupBy(difference => difference.Kind).Select(kind => $"{kind.Count()} {kind.Key.ToName()}"));
        string files = pair.Files.Compared > 0 ? $"{pair.Files.Equal} of {PageShell.Count(pair.Files.Compared, "file")} equal" : "";
        page.Write($"<details class=\"finding\"{(PageText)(number <= OpenAtFirst && !pair.Differences.IsEmpty ? (PageText)$" open" : $"")}>\n<summary><span class=\"effect {(pair.Level == ComparisonLevel.Different ? "breaks" : "note")}\">{pair.Level.ToName()}</span> <code>{pair.Cross.Name}</code> <span class=\"dim\">{string.Join("; ", new[] { files, kinds }.Where(text => text.Length > 0))}</span></summary>\n");
        page.Write($"<p class=\"path\"><code>{pair.Cross}</code> beside <code>{pair.Native}</code>{(PageText)(pair.Masks.IsEmpty ? (PageText)$"" : $", left aside: {string.Join(", ", pair.Masks)}")}</p>\n");
        if (!pair.Differences.IsEmpty)
        {
            WriteDifferences(pair.Differences, $"Differences of {pair.Cross.Name}, pair {number}");
        }

        if (!pair.Answers.IsEmpty)
        {
            page.Write($"<p class=\"label\">Answers of configure that differ</p>\n<ul>\n{PageText.Join(pair.Answers.Take(DifferencesShown).Select(answer => (PageText)$"<li>{answer.Question}: cross <code>{answer.Cross ?? "nothing"}</code>, native <code>{answer.Native ?? "nothing"}</code>{(answer.IsGuess ? ", guessed" : "")}</li>\n"))}</ul>\n");
        }

        page.Write($"</details>\n");
    }

    private void WriteDifferences(ImmutableArray<Difference> differences, string title)
    {
        page.Write($"<div class=\"wide\" role=\"region\" aria-label=\"{title}\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">file</th><th scope=\"col\">what</th><th scope=\"col\">cross</th><th scope=\"col\">native</th><th scope=\"col\">meaning</th></tr></thead>\n<tbody>\n");
        foreach (Difference difference in differences.Take(DifferencesShown))
        {
            string more = difference.MoreCount > 0 ? $" and {difference.MoreCount} more" : "";
            page.Write($"<tr><th scope=\"row\"><code class=\"file\">{difference.File}</code></th><td>{difference.Kind.ToName()}<br><code>{difference.Subject}</code>{more}</td><td><code>{difference.Cross ?? "nothing"}</code></td><td><code>{difference.Native ?? "nothing"}</code></td><td>{difference.Meaning} {difference.Cause}</td></tr>\n");
        }

        page.Write($"</tbody></table></div>\n");
        if (differences.Length > DifferencesShown)
        {
            page.Write($"<p class=\"left-out\">and {differences.Length - DifferencesShown} more differences of this pair: --format json tells all</p>\n");
        }
    }

    private void WriteUnpaired()
    {
        page.Write($"<section id=\"unpaired\" aria-labelledby=\"unpaired-title\">\n<h2 id=\"unpaired-title\">Without a counterpart</h2>\n");
        if (comparison.Unpaired.IsEmpty)
        {
            page.Write($"<p class=\"nothing\">Every path has one.</p>\n");
        }

        page.Write($"<ul>\n{PageText.Join(comparison.Unpaired.Take(PairsShown).Select(path => (PageText)$"<li>{(path.IsCross ? "cross" : "native")} <code>{path.Path.BaseName}</code>: {path.Reason}</li>\n"))}</ul>\n")
            .Write($"{(PageText)(comparison.Unpaired.Length > PairsShown ? (PageText)$"<p class=\"left-out\">and {comparison.Unpaired.Length - PairsShown} more</p>\n" : $"")}</section>\n");
    }
}
