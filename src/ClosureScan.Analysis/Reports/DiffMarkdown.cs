using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>A difference as Markdown, for a comment on a pull request: the verdict and the sizes, what came and went of the findings, and the paths by the size of the change.</summary>
internal static class DiffMarkdown
{
    private const int PathsShown = 200;

    /// <summary>Writes it, UTF-8, no longer than a comment may be.</summary>
    /// <param name="diff">The difference.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(ClosureDiff diff, Stream output)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        ChangeText text = new(diff, ByteText.Of);
        MarkdownPage page = new(MarkdownReport.MaxBytes);
        page.Append($"## ClosureScan");
        page.Append($"");
        page.Append($"### `{diff.After.Host.Platform?.System ?? "unknown host"}`");
        page.Append($"");
        page.Append($"**{text.Verdict}** {text.Counts} {text.Sizes} {text.Paths}");
        page.Append($"");
        foreach (string remark in diff.Remarks)
        {
            page.Append($"{remark}");
            page.Append($"");
        }

        page.AppendList(
            $":no_entry: {diff.Before.Problems.Length + diff.After.Problems.Length:N0} things could not be read:",
            [.. diff.Before.Problems.Concat(diff.After.Problems).Select(problem => (Func<HtmlText>)(() => $"{problem.ToString()}"))],
            isOpen: true);
        FindingMarkdown findings = new(diff.After.Host.Platform);
        foreach ((string word, IEnumerable<FindingGroup> groups) in text.Kinds)
        {
            bool isWorse = word is "new" or "stronger";
            findings.AppendGroups(page, $"{(isWorse ? ":x:" : ":white_check_mark:")} {word}:", [.. groups], diff.After.IsJudged, isWorse);
        }

        ImmutableArray<Func<HtmlText>> changes = [.. diff.Changes.Take(PathsShown).Select(change => (Func<HtmlText>)(() => Item(change, text)))];
        page.AppendList(
            $":package: {diff.Changes.Length:N0} {(diff.Changes.Length == 1 ? "path" : "paths")} changed{(diff.Changes.Length > PathsShown ? $", the largest {PathsShown}" : "")}:",
            changes);
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static HtmlText Item(PathChange change, ChangeText text)
    {
        HtmlText html = $"{text.Signed(change.Delta)} {ChangeText.WordOf(change)} {HtmlText.Code((change.Before ?? change.After)!.Name)}";
        html = change is { Before: { } before, After: { } after } && before.Name != after.Name ? $"{html} → {HtmlText.Code(after.Name)}" : html;
        return change.BroughtBy is { } edge ? $"{html}, brought by {HtmlText.Code(edge.From.Name)}{(change.Evidence.FirstOrDefault() is { } evidence ? $" in {evidence.File}" : "")}" : html;
    }
}
