using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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
        ImmutableArray<JudgedLeak> failing = [.. verdict.Failing];
        AppendList(page, ":x: {0} new {1} on the host:", "finding breaks", "findings break", [.. failing.Where(Breaks)], Item, isOpen: true);
        AppendList(page, ":x: {0} new {1} the closure:", "finding bloats", "findings bloat", [.. failing.Where(finding => !Breaks(finding))], Item, isOpen: true);
        AppendList(page, ":warning: {0} {1} not fail the check:", "finding does", "findings do", [.. verdict.Findings.Where(finding => !finding.Fails && !finding.IsKnown)], Item);
        AppendList(page, ":hourglass: {0} {1} in the baseline:", "finding is", "findings are", [.. verdict.Findings.Where(finding => finding.IsKnown)], Item);
        AppendList(page, ":chart_with_upwards_trend: {0} {1} in more places than the baseline knows:", "known finding is", "known findings are", verdict.Grown, entry => HtmlText.Code(entry.ToString()), isOpen: true);
        AppendList(page, ":broom: {0} {1} mended; prune the baseline:", "known finding is", "known findings are", verdict.Gone, entry => HtmlText.Code(entry.ToString()));
        AppendList(page, ":wastebasket: {0} {1} stale:", "allow entry is", "allow entries are", verdict.Stale, Stale);
        AppendList(page, ":straight_ruler: {0} size {1}:", "budget", "budgets", verdict.Budgets, budget => $"{(budget.State == BudgetState.Kept ? ":white_check_mark:" : ":x:")} {budget.Message}");
        AppendList(page, ":see_no_evil: {0} {1} accepted by the policy:", "finding is", "findings are", verdict.Suppressed, Suppressed);
    }

    private static void AppendList<T>(
        MarkdownPage page, string summary, string one, string many, ImmutableArray<T> items, Func<T, HtmlText> toHtml, bool isOpen = false) =>
        page.AppendList(
            $"{string.Format(CultureInfo.InvariantCulture, summary, Count(items.Length), items.Length == 1 ? one : many)}",
            [.. items.Select(item => (Func<HtmlText>)(() => toHtml(item)))],
            isOpen);

    private static string Headline(PolicyVerdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Passed when verdict.Findings.IsEmpty => "No leak found.",
        VerdictOutcome.Passed => "Nothing new.",
        VerdictOutcome.Failed when verdict.Failing.Any() => $"{Count(verdict.Failing.Count())} {(verdict.Failing.Count() == 1 ? "finding fails" : "findings fail")} the check.",
        VerdictOutcome.Failed => "The policy or the baseline is stale.",
        VerdictOutcome.Misconfigured => "The policy cannot be judged.",
        VerdictOutcome.Incomplete => "The scan is incomplete.",
        _ => "Nothing was scanned.",
    };

    private static string Scanned(LeakReport report)
    {
        string foreign = report.ForeignSize > 0 ? $", of which {SizeText.Format(report.ForeignSize)} belong to the build side" : "";
        return $"Scanned {Count(report.Closure.Paths.Count(path => path.Scan is not null))} of {Count(report.Paths.Length)} paths, {Count(report.FileCount)} files; the closure has {SizeText.Format(report.ClosureSize)}{foreign}.";
    }

    private static ImmutableArray<string> Problems(PolicyVerdict verdict) =>
        [.. verdict.Gaps, .. verdict.Budgets.Where(budget => budget.State == BudgetState.NotJudged).Select(budget => budget.Message)];

    private static bool Breaks(JudgedLeak finding) => finding.Leak.Effect == LeakEffect.Breaks;

    private static HtmlText Item(JudgedLeak finding)
    {
        Leak leak = finding.Leak;
        HtmlText html = $"{HtmlText.Code(leak.From.Name)}";
        if (!leak.To.Equals(leak.From))
        {
            html = $"{html} → {HtmlText.Code(leak.To.Name)}";
        }

        html = $"{html} ({leak.Rule.ToName()}{(leak.AddedSize > 0 ? ", " + SizeText.Format(leak.AddedSize) : "")})";
        string[] files = [.. leak.Evidence.Select(evidence => evidence.File).Distinct()];
        foreach (string file in files.Take(FilesShown))
        {
            ReferenceEvidence evidence = leak.Evidence.First(item => item.File == file);
            string line = evidence.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
            html = $"{html}<br>{HtmlText.Code((file.Length == 0 ? leak.From.Name : file) + line)} {evidence.Mechanism.ToName()}";
            if (evidence.Context is { Length: > 0 } context)
            {
                html = $"{html}: {HtmlText.Code(context.Trim())}";
            }
        }

        long rest = Math.Max(leak.FileCount, files.Length) - Math.Min(files.Length, FilesShown);
        if (rest > 0)
        {
            html = $"{html}<br>and {rest:N0} more {(rest == 1 ? "file" : "files")}";
        }

        return $"{html}<br><b>Fix:</b> {FindingText.Clip(leak.Fix)}<br><b>Chain:</b> {FindingText.Chain(leak.Chain)}";
    }

    private static HtmlText Suppressed(SuppressedLeak suppressed) => $"{HtmlText.Code(suppressed.Leak.Key)}: {FindingText.Clip(suppressed.Reason)}";

    private static HtmlText Stale(StaleEntry stale) => $"line {stale.Entry.Line}, {HtmlText.Code(stale.Entry.ToString())}: {stale.Problem}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
