using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>What a scan covers, by whose word, and what it could not read.</summary>
internal sealed class ScanHtml(PolicyVerdict verdict, PageWriter page)
{
    private const int Shown = 100;

    private ClosureReport Report => verdict.Report;

    /// <summary>Writes what could not be read or judged, in front of everything; nothing where there is nothing.</summary>
    public void WriteProblems()
    {
        (string Path, string Message)[] problems =
        [
            .. Report.Closure.Problems.Select(problem => (problem.Path, problem.Message)),
            .. verdict.Gaps.Where(gap => !Report.Closure.Problems.Any(problem => gap.Contains(problem.Message, StringComparison.Ordinal))).Select(gap => ("", gap)),
            .. verdict.StrictReasons.Select(reason => ("strict", reason)),
        ];
        if (problems.Length == 0)
        {
            return;
        }

        page.Write($"<section id=\"problems\" class=\"problems\" aria-labelledby=\"problems-title\">\n<h2 id=\"problems-title\">This report does not cover the whole closure</h2>\n<ul>\n");
        foreach ((string path, string message) in problems.Take(Shown))
        {
            page.Write($"<li>{(PageText)(path.Length > 0 ? (PageText)$"<code>{path}</code>: " : $"")}{message}</li>\n");
        }

        page.Write($"</ul>\n{More(problems.Length)}</section>\n");
    }

    public void Write()
    {
        ClosureReport report = Report;
        page.Write($"<section id=\"scan\" aria-labelledby=\"scan-title\">\n<h2 id=\"scan-title\">The scan</h2>\n<dl class=\"facts\">\n")
            .Write(PageShell.Fact("Store", $"<code>{report.Closure.Store}</code>"))
            .Write(PageShell.Fact("Depth", $"{report.Closure.Depth.ToName()}"))
            .Write(PageShell.Fact("Read", $"{PageShell.Count(report.Closure.ReadPathCount, "path")} of {report.Paths.Length}, {PageShell.Count(report.FileCount, "file")}, {ByteText.Of(report.ByteCount)}"))
            .Write(PageShell.Fact("Host", $"{report.Host?.System ?? "unknown"}, {report.HostFrom.Origin.ToName()}"))
            .Write(PageShell.Fact("Policy", $"{verdict.Policy.File ?? "none"}"))
            .Write($"</dl>\n");
        List("What tells the host", report.HostFrom.Evidence, text => $"{text}");
        if (report.HostFrom.Contradiction is { } contradiction)
        {
            page.Write($"<p class=\"left-out\">{contradiction}</p>\n");
        }

        List("Budgets", verdict.Budgets, budget => $"{budget.Message}");
        List("Warnings of the policy", verdict.Warnings, warning => $"{(warning.Line > 0 ? $"line {warning.Line}: " : "")}{warning.Message}");
        List("Mended since the baseline", verdict.Gone, entry => $"<code>{entry.ToString()}</code>");
        List(
            "Let through as right where it is", [.. report.LetThrough.Where(item => item.Kind != LegitimateKind.TextOnly)],
            item => $"<code>{item.Path.Name}</code>: {PageShell.Count(item.FileCount, "file")}, {item.Kind.ToName()}{(item.Note is { } note ? $", {note}" : "")}");
        List(
            "Looked at no further", [.. report.Closure.Paths.SelectMany(path => (path.Scan?.Remarks ?? []).Select(remark => (path.Info.Path, remark)))],
            item => $"<code>{item.Path.Name}</code>: {PageShell.Count(item.remark.Count, "file")} {item.remark.Kind.Describe()}");
        page.Write($"</section>\n");
    }

    private void List<T>(string title, ImmutableArray<T> items, Func<T, PageText> toHtml)
    {
        if (!items.IsEmpty)
        {
            page.Write($"<h3>{title}</h3>\n<ul>\n{PageText.Join(items.Take(Shown).Select(item => (PageText)$"<li>{toHtml(item)}</li>\n"))}</ul>\n{More(items.Length)}");
        }
    }

    private static PageText More(int count) => count > Shown ? (PageText)$"<p class=\"left-out\">and {count - Shown} more: --format json tells all</p>\n" : $"";
}
