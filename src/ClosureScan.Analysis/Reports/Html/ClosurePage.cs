using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The page of a closure: verdict, findings, picture, chains, cut, sizes, and what the scan covers.</summary>
internal sealed class ClosurePage
{
    // What is left of ten is for what stands in the page as text.
    private const long MaxData = HtmlPage.MaxBytes * 3 / 4;

    private readonly PolicyVerdict _verdict;
    private readonly ClosureCut _cut;
    private readonly string _version;
    private readonly PageData _data;
    private readonly PageWriter _page;

    public ClosurePage(PolicyVerdict verdict, ClosureCut cut, Stream output, string version)
    {
        _verdict = verdict;
        _cut = cut;
        _version = version;
        _data = PageData.Create(verdict.Report, cut, MaxData);
        _page = new PageWriter(output, HtmlPage.MaxBytes - _data.Length);
    }

    private ClosureReport Report => _verdict.Report;

    public void Write()
    {
        (string mood, string badge) = Outcome();
        PageShell.Begin(
            _page, string.Join(", ", Report.Roots.Take(2).Select(root => root.Name)), mood, badge, Headline(), Facts(),
            ("findings", $"Findings {Report.Findings.Length}"), ("picture", "What is big"), ("why", "Why is it here"), ("cut", "What to cut"), ("sizes", "Sizes"), ("scan", "The scan"));
        new ScanHtml(_verdict, _page).WriteProblems();
        new FindingHtml(_verdict, _page).Write();
        WritePicture();
        WriteWhy();
        new CutHtml(Report, _cut, _page).Write();
        WriteSizes();
        new ScanHtml(_verdict, _page).Write();
        PageShell.End(_page, _version, _data.LeftOut, _data.Blocks);
    }

    private (string Mood, string Badge) Outcome() => _verdict.Outcome switch
    {
        VerdictOutcome.Passed when !Report.Findings.Any(finding => finding.Occurrences.Any(place => place.Status.IsOpen)) => ("good", "Clean"),
        VerdictOutcome.Passed => ("good", "Passed"),
        VerdictOutcome.Failed => ("bad", "Failed"),
        VerdictOutcome.Misconfigured => ("unsure", "Not judged"),
        VerdictOutcome.Incomplete => ("unsure", "Incomplete"),
        _ => ("unsure", "Nothing scanned"),
    };

    private string Headline()
    {
        int notes = Report.Findings.Count(finding => finding.Severity == Severity.Note);
        int breaking = Report.AtLeast(Effect.Breaks).Count();
        int bloating = Report.Findings.Length - notes - breaking;
        string found = breaking + bloating == 0
            ? "No leak found" + (_verdict.Outcome == VerdictOutcome.Incomplete ? " in what could be read" : "")
            : $"{PageShell.Count(breaking, "finding breaks", "findings break")} on the host, {PageShell.Count(bloating, "bloats", "bloat")} the closure";
        int failing = _verdict.Failing.Count();
        return _verdict.Outcome == VerdictOutcome.Failed && failing < breaking + bloating ? $"{found}; {PageShell.Count(failing, "fails", "fail")} the check" : found;
    }

    private PageText Facts()
    {
        long total = Report.ClosureSize;
        long foreign = Report.ForeignSize;
        PageText roots = PageText.Join(Report.Roots.Take(5).Select(root => (PageText)$"<code>{root.BaseName}</code> "));
        PageText more = Report.Roots.Length > 5 ? (PageText)$"and {Report.Roots.Length - 5} more" : $"";
        PageText foreignText = foreign > 0
            ? (PageText)$"<strong>{ByteText.Of(foreign)}</strong> of the build side{PageShell.Bar("foreign", 0, (double)foreign / total)}"
            : $"nothing of the build side";
        PageText cutText = _cut.Edits.IsEmpty
            ? (PageText)$"nothing to cut"
            : $"<strong>{ByteText.Of(_cut.FreedBytes)}</strong> freed by {PageShell.Count(_cut.EditCount, "edit")}{PageShell.Bar("freed", 0, total == 0 ? 0 : (double)_cut.FreedBytes / total)}";
        return $"<dl class=\"facts\">\n{PageShell.Fact("Root", $"{roots}{more}")}{PageShell.Fact("Host", $"<strong>{Report.Host?.System ?? "unknown"}</strong>{(Report.Build is { } build ? $", built on {build.System}" : "")}")}"
            + $"{PageShell.Fact("Closure", $"<strong>{ByteText.Of(total)}</strong> in {PageShell.Count(Report.Paths.Length, "path")}")}{PageShell.Fact("Build side", foreignText)}{PageShell.Fact("A cut", cutText)}</dl>\n";
    }

    private void WritePicture() => _page.Write($"""
        <section id="picture" aria-labelledby="picture-title">
        <h2 id="picture-title">What is big, and what would leave with it</h2>
        <p>A box is a path with all that only it holds: drop it, and the whole box leaves the closure. <a href="#sizes">The table of sizes</a> says the same in words.</p>
        <noscript><p>The picture needs script; the table does not.</p></noscript>
        <div class="wants-script" id="picture-here" hidden></div>
        </section>

        """);

    private void WriteWhy() => _page.Write($"""
        <section id="why" aria-labelledby="why-title">
        <h2 id="why-title">Why is this here?</h2>
        <p>A shortest chain from the root to any path, with the file and the byte that hold each link, and everything else that holds it.</p>
        <noscript><p>The search needs script. In a terminal: <code>closurescan why ROOT TARGET</code>.</p></noscript>
        <div class="wants-script" id="why-here" hidden></div>
        </section>

        """);

    private void WriteSizes()
    {
        const int Shown = 20;
        AnalyzedPath[] largest = [.. Report.Paths.OrderByDescending(path => path.AddedSize).ThenBy(path => path.Path).Take(Shown)];
        _page.Write($"""
            <section id="sizes" aria-labelledby="sizes-title">
            <h2 id="sizes-title">Sizes</h2>
            <p><b>self</b>: the path alone. <b>added</b>: what leaves the closure with it. <b>closure</b>: all that it reaches; closures overlap and do not add up.</p>
            <div id="sizes-here">
            <div class="wide" role="region" aria-label="Sizes of paths" tabindex="0">
            <table>
            <thead><tr><th scope="col">path</th><th scope="col" class="number">self</th><th scope="col" class="number">added</th><th scope="col" class="number">closure</th><th scope="col">side</th></tr></thead>
            <tbody>

            """);
        foreach (AnalyzedPath path in largest)
        {
            _page.Write($"<tr><th scope=\"row\"><code>{path.Path.BaseName}</code></th><td class=\"number\">{ByteText.Of(path.NarSize)}</td><td class=\"number\">{ByteText.Of(path.AddedSize)}</td><td class=\"number\">{ByteText.Of(path.ClosureSize)}</td><td>{path.Side.ToName()}</td></tr>\n");
        }

        _page.Write($"</tbody></table></div>\n");
        if (Report.Paths.Length > Shown)
        {
            _page.Write($"<p>The {Shown} largest of {PageShell.Count(Report.Paths.Length, "path")}; all of them where script runs.</p>\n");
        }

        _page.Write($"</div>\n</section>\n");
    }
}
