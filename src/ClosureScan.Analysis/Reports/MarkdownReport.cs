using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;

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
        FindingMarkdown findings = new(verdict.Report.Host);
        findings.AppendGroups(page, ":x:", [.. verdict.Report.Groups.Select(group => group.Where(verdict.Fails)).OfType<FindingGroup>()], verdict.Report.PolicyFile is not null, isOpen: true);
        AppendList(page, ":warning: {0} {1} not fail the check:", "finding does", "findings do", [.. verdict.Warned], finding => findings.Item(finding));
        AppendList(page, ":hourglass: {0} {1} in the baseline:", "finding is", "findings are", [.. verdict.Known], finding => findings.Item(finding));
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
        VerdictOutcome.Failed when verdict.Failing.Any() => $"{Count(verdict.Failing.Count())} {(verdict.Failing.Count() == 1 ? "finding fails" : "findings fail")} the check{Effects(verdict)}.",
        VerdictOutcome.Failed => $"Strict: {string.Join("; ", verdict.StrictReasons)}.",
        VerdictOutcome.Misconfigured => "The policy cannot be judged.",
        VerdictOutcome.Incomplete => "The scan is incomplete.",
        _ => "Nothing was scanned.",
    };

    private static string Effects(PolicyVerdict verdict)
    {
        int breaking = verdict.Failing.Count(finding => finding.Effect == Effect.Breaks);
        int bloating = verdict.Failing.Count() - breaking;
        return $": {Count(breaking)} {(breaking == 1 ? "breaks" : "break")} on the host, {Count(bloating)} {(bloating == 1 ? "bloats" : "bloat")} the closure";
    }

    private static string Scanned(ClosureReport report)
    {
        SummaryText summary = new(report, ByteText.Of);
        string edges = summary.Edges;
        return $"{summary.Size}; {summary.Foreign} {edges}{(edges.Length > 0 ? " " : "")}Scanned {Count(report.Closure.ReadPathCount)} of {Count(report.Paths.Length)} paths, {Count(report.FileCount)} files.";
    }

    private static ImmutableArray<string> Problems(PolicyVerdict verdict) =>
        [.. verdict.Gaps, .. verdict.Budgets.Where(budget => budget.State == BudgetState.NotJudged).Select(budget => budget.Message)];

    private static HtmlText Accepted(Occurrence occurrence) => $"{HtmlText.Code(occurrence.Key.ToString())}: {FindingText.Clip(occurrence.Status.Because ?? "")}";

    private static HtmlText Stale(StaleEntry stale) => $"line {stale.Entry.Line}, {HtmlText.Code(stale.Entry.ToString())}: {stale.Problem}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
