using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The cut of a page: a table of edits with what they free one after the other, and the closure before and after.</summary>
internal sealed class CutHtml(ClosureReport report, ClosureCut cut, PageWriter page)
{
    private const int MostSteps = 100;
    private const int FilesShown = 5;

    public void Write()
    {
        page.Write($"<section id=\"cut\" aria-labelledby=\"cut-title\">\n<h2 id=\"cut-title\">What to cut</h2>\n");
        if (!cut.IsPossible)
        {
            page.Write($"<p>No edit of references frees the closure: this chain cannot be cut.</p>\n<ol class=\"chain\">{PageText.Join(cut.UncuttableChain.Select(path => (PageText)$"<li><code>{path.Name}</code></li>\n"))}</ol>\n");
        }
        else if (cut.Edits.IsEmpty)
        {
            page.Write($"<p class=\"nothing\">There is nothing to cut.</p>\n");
        }
        else
        {
            WriteEdits();
        }

        WriteLeft();
        page.Write($"</section>\n");
    }

    private void WriteEdits()
    {
        long before = report.ClosureSize;
        page.Write($"<p>{PageShell.Count(cut.EditCount, "edit")} in {PageShell.Count(cut.FileCount, "file")} {(cut.EditCount == 1 ? "frees" : "free")} <strong>{ByteText.Of(cut.FreedBytes)}</strong>"
            + $" in {PageShell.Count(cut.Freed.Length, "path")}. The fewest that end the findings; checked by walking the closure without them.{(PageText)(cut.IsForced ? (PageText)$" <b>Something on the host may miss what they take.</b>" : $"")}</p>\n");
        page.Write($"""
            <dl class="before-after">
            <div><dt>before</dt><dd>{PageShell.Bar("whole", 0, 1)}<span class="number">{ByteText.Of(before)}</span></dd></div>
            <div><dt>after</dt><dd>{PageShell.Bar("kept", 0, before == 0 ? 0 : (double)cut.ClosureSizeAfter / before)}<span class="number">{ByteText.Of(cut.ClosureSizeAfter)}</span></dd></div>
            </dl>
            <div class="wide" role="region" aria-label="Edits" tabindex="0">
            <table class="edits">
            <thead><tr><th scope="col">edit</th><th scope="col">files</th><th scope="col" class="number">frees alone</th><th scope="col" class="number">freed with those above</th></tr></thead>
            <tbody>

            """);
        ImmutableArray<long> steps = CutSteps.Compute(report.Graph, cut, MostSteps);
        long last = 0;
        for (int i = 0; i < cut.Edits.Length && page.HasRoom; i++)
        {
            long? sum = i < steps.Length ? steps[i] : null;
            WriteEdit(i + 1, cut.Edits[i], last, sum);
            last = sum ?? last;
        }

        page.Write($"</tbody></table></div>\n");
    }

    private void WriteEdit(int number, ClosureEdit edit, long last, long? sum)
    {
        PageText what = edit.To is { } to
            ? (PageText)$"take <code>{to.Name}</code> out of <code>{edit.From.Name}</code>"
            : $"build anew, or leave out of <code>{edit.From.Name}</code>";
        PageText files = PageText.Join(edit.Files.Take(FilesShown).Select(file => (PageText)$"<code class=\"file\">{(file.Length == 0 ? "the path itself" : file)}</code> "));
        PageText more = edit.FileCount > Math.Min(edit.Files.Length, FilesShown) ? (PageText)$"and {edit.FileCount - Math.Min(edit.Files.Length, FilesShown)} more" : $"";
        double whole = Math.Max(1, cut.FreedBytes);
        PageText total = sum is { } bytes ? (PageText)$"{ByteText.Of(bytes)}{PageShell.Bar("freed", last / whole, (bytes - last) / whole)}" : $"";
        page.Write($"<tr><th scope=\"row\">{number}. {what}{(PageText)(edit.Fix is { } fix ? (PageText)$"<br><span class=\"dim\">{fix}</span>" : $"")}</th><td>{files}{more}</td><td class=\"number\">{ByteText.Of(edit.FreedAlone)}</td><td class=\"number\">{total}</td></tr>\n");
    }

    private void WriteLeft()
    {
        if (!cut.Kept.IsEmpty)
        {
            page.Write($"<p>Stays, since an accepted reference holds it: {PageText.Join(cut.Kept.Take(10).Select(path => (PageText)$"<code>{path.Name}</code> "))}{(PageText)(cut.Kept.Length > 10 ? (PageText)$"and {cut.Kept.Length - 10} more" : $"")}</p>\n");
        }

        if (!cut.Left.IsEmpty)
        {
            page.Write($"<p>No edit of the cut ends {PageShell.Count(cut.Left.Length, "finding")}: {PageText.Join(cut.Left.Take(10).Select(finding => (PageText)$"<code>{finding.Key}</code> "))}</p>\n");
        }
    }
}
