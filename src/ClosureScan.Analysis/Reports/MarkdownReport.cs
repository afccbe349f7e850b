using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Markdown for a comment on a pull request and for a job's summary: a system, what fails and why in folded lists, as
/// reviewers of Nixpkgs know them. It is never longer than a comment may be.
/// </summary>
internal static class MarkdownReport
{
    /// <summary>
    /// The most bytes. A GitHub comment holds 65,536 characters, a job summary 1 MiB and is lost whole when longer; bytes are at
    /// least as many as characters, and a little is left for what a workflow adds.
    /// </summary>
    public const int MaxBytes = 65_000;

    private const int FilesShown = 5;

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(PolicyVerdict verdict, Stream output)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        MarkdownPage page = new(MaxBytes);
        page.Append($"## ClosureScan");
        page.Append($"");
        page.Append($"### `{verdict.Report.Host?.System ?? "unknown host"}`");
        page.Append($"");
        page.Append($"**{Headline(verdict)}** {Scanned(verdict.Report)}");
        page.Append($"");
        AppendLists(page, verdict);
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void AppendLists(MarkdownPage page, PolicyVerdict verdict)
    {
        AppendList(page, ":no_entry: {0} {1} not be read or judged:", "thing could", "things could", Problems(verdict), problem => $"{problem}", isOpen: true);
        ImmutableArray<Finding> failing = [.. verdict.Failing];
        AppendList(page, ":x: {0} new {1} on the host:", "finding breaks", "findings break", [.. failing.Where(Breaks)], Item, isOpen: true);
        AppendList(page, ":x: {0} new {1} the closure:", "finding bloats", "findings bloat", [.. failing.Where(finding => !Breaks(finding))], Item, isOpen: true);
        AppendList(page, ":warning: {0} {1} not fail the check:", "finding does", "findings do", [.. verdict.Warned], Item);
        AppendList(page, ":hourglass: {0} {1} in the baseline:", "finding is", "findings are", [.. verdict.Known], Item);
        AppendList(page, ":broom: {0} {1} mended; prune the baseline:", "known place is", "known places are", verdict.Gone, entry => HtmlText.Code(entry.ToString()));
        foreach (SizeChange change in verdict.GivenBack)
        {
            page.Append($"{change.ToString()}");
            page.Append($"");
        }

        AppendList(page, ":wastebasket: {0} {1} stale:", "allow entry is", "allow entries are", verdict.Stale, Stale);
        AppendList(page, ":bell: {0} {1} of the policy:", "warning", "warnings", verdict.Warnings, warning => $"{(warning.Line > 0 ? $"line {warning.Line}, " : "")}{warning.Message}");
        AppendList(page, ":straight_ruler: {0} size {1}:", "budget", "budgets", verdict.Budgets, budget => $"{(budget.State == BudgetState.Kept ? ":white_check_mark:" : ":x:")} {budget.Message}");
        AppendList(page, ":see_no_evil: {0} {1} accepted by the policy:", "occurrence is", "occurrences are", [.. verdict.Accepted.SelectMany(finding => finding.Occurrences)], Accepted);
    }

    private static void AppendList<T>(
        MarkdownPage page, string summary, string one, string many, ImmutableArray<T> items, Func<T, HtmlText> toHtml, bool isOpen = false) =>
        page.AppendList(
            $"{string.Format(CultureInfo.InvariantCulture, summary, Count(items.Length), items.Length == 1 ? one : many)}",
            [.. items.Select(item => (Func<HtmlText>)(() => toHtml(item)))],
            isOpen);

    private static string Headline(PolicyVerdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Passed when verdict.Report.Findings.IsEmpty => "No leak found.",
        VerdictOutcome.Passed => "Nothing new.",
        VerdictOutcome.Failed when verdict.Failing.Any() => $"{Count(verdict.Failing.Count())} {(verdict.Failing.Count() == 1 ? "finding fails" : "findings fail")} the check.",
        VerdictOutcome.Failed => $"Strict: {string.Join("; ", verdict.StrictReasons)}.",
        VerdictOutcome.Misconfigured => "The policy cannot be judged.",
        VerdictOutcome.Incomplete => "The scan is incomplete.",
        _ => "Nothing was scanned.",
    };

    private static string Scanned(ClosureReport report)
    {
        string foreign = report.ForeignSize > 0 ? $", of which {SizeText.Format(report.ForeignSize)} belong to the build side" : "";
        return $"Scanned {Count(report.Closure.ReadPathCount)} of {Count(report.Paths.Length)} paths, {Count(report.FileCount)} files; the closure has {SizeText.Format(report.ClosureSize)}{foreign}.";
    }

    private static ImmutableArray<string> Problems(PolicyVerdict verdict) =>
        [.. verdict.Gaps, .. verdict.Budgets.Where(budget => budget.State == BudgetState.NotJudged).Select(budget => budget.Message)];

    private static bool Breaks(Finding finding) => finding.Effect == Effect.Breaks;

    private static HtmlText Item(Finding finding)
    {
        HtmlText html = $"{HtmlText.Code(finding.From.Name)}";
        if (finding.To is { } to)
        {
            html = $"{html} → {HtmlText.Code(to.Name)}";
        }

        long bytes = finding.FreedBytes > 0 ? finding.FreedBytes : finding.ByteCount;
        html = $"{html} ({finding.Rule}{(bytes > 0 ? ", " + SizeText.Format(bytes) : "")})";
        foreach (Occurrence occurrence in finding.Occurrences.Take(FilesShown))
        {
            html = Append(html, finding, occurrence);
        }

        int rest = finding.Occurrences.Length - FilesShown;
        if (rest > 0)
        {
            html = $"{html}<br>and {rest:N0} more {(rest == 1 ? "place" : "places")}";
        }

        foreach (string fix in finding.Occurrences.Take(FilesShown).Select(occurrence => occurrence.Fix).Distinct())
        {
            html = $"{html}<br><b>Fix:</b> {FindingText.Clip(fix)}";
        }

        return $"{html}<br><b>Chain:</b> {FindingText.Chain(finding.Chain)}";
    }

    private static HtmlText Append(HtmlText html, Finding finding, Occurrence occurrence)
    {
        if (occurrence.Evidence is not { } evidence)
        {
            return html;
        }

        string line = evidence.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        html = $"{html}<br>{HtmlText.Code((evidence.File.Length == 0 ? finding.From.Name : evidence.File) + line)} {evidence.Mechanism.ToName()}";
        return evidence.Context is { Length: > 0 } context ? $"{html}: {HtmlText.Code(context.Trim())}" : html;
    }

    private static HtmlText Accepted(Occurrence occurrence) => $"{HtmlText.Code(occurrence.Key.ToString())}: {FindingText.Clip(occurrence.Status.Because ?? "")}";

    private static HtmlText Stale(StaleEntry stale) => $"line {stale.Entry.Line}, {HtmlText.Code(stale.Entry.ToString())}: {stale.Problem}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
