using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>Findings in Markdown: a folded list for each tree that they hold, with what all of them together free and the advice where it is one for all.</summary>
/// <param name="host">Whose triple is left out of names, where it says nothing.</param>
internal sealed class FindingMarkdown(Platform? host)
{
    private const int FilesShown = 5;

    /// <summary>The groups while the page has room; the rest is counted.</summary>
    /// <param name="page">The page.</param>
    /// <param name="mark">What stands before each.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="isJudged">Whether a policy may have accepted what holds a tree.</param>
    /// <param name="isOpen">Whether the lists begin unfolded.</param>
    public void AppendGroups(MarkdownPage page, string mark, ImmutableArray<FindingGroup> groups, bool isJudged, bool isOpen)
    {
        for (int index = 0; index < groups.Length; index++)
        {
            if (!page.HasRoom)
            {
                page.Append($"… and {groups.Length - index:N0} more groups with {groups.Skip(index).Sum(group => group.Findings.Length):N0} findings");
                page.Append($"");
                return;
            }

            FindingGroup group = groups[index];
            page.AppendList(
                $"{mark} {Summary(group, isJudged)}",
                [.. group.Findings.Select(finding => (Func<HtmlText>)(() => Item(finding, withFix: group.Fix is null)))],
                isOpen);
        }
    }

    /// <summary>One finding: what holds what, what that does, the places, the fixes and the chain.</summary>
    public HtmlText Item(Finding finding, bool withFix = true)
    {
        HtmlText html = finding.Number > 0 ? $"<b>{finding.Number}</b> " : (HtmlText)$"";
        html = $"{html}{(finding.Severity == Severity.Note ? "note" : finding.Effect.ToName())} {Code(finding.From)}";
        if (finding.To is { } to)
        {
            html = $"{html} → {Code(to)}";
        }

        long bytes = finding.FreedBytes > 0 ? finding.FreedBytes : finding.ByteCount;
        html = $"{html} ({finding.Rule}{(bytes > 0 ? ", " + ByteText.Of(bytes) : "")})";
        foreach (Occurrence occurrence in finding.Occurrences.Take(FilesShown))
        {
            html = Append(html, finding, occurrence);
        }

        int rest = finding.Occurrences.Length - FilesShown;
        if (rest > 0)
        {
            html = $"{html}<br>and {rest:N0} more {(rest == 1 ? "place" : "places")}";
        }

        foreach (string fix in withFix ? finding.Occurrences.Take(FilesShown).Select(occurrence => occurrence.Fix).Distinct() : [])
        {
            html = $"{html}<br><b>Fix:</b> {FindingText.Clip(fix)}";
        }

        return $"{html}<br><b>Chain:</b> {FindingText.Chain(finding.Chain, Name)}";
    }

    private HtmlText Summary(FindingGroup group, bool isJudged)
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{group.Findings.Length:N0} {(group.Findings.Length == 1 ? "finding" : "findings")}");
        HtmlText html = group.Target is { } target
            ? $"<b>{ByteText.Of(GroupText.Bytes(group))}</b> {Code(target)}: {count}, {GroupText.Release(group, isJudged, group.AlsoHeldBy.Select(Name))}"
            : (HtmlText)$"<b>{group.Rule}</b>: {count}";
        return group.Fix is { } fix ? $"{html}<br><b>Fix:</b> {FindingText.Clip(fix)}" : html;
    }

    private HtmlText Append(HtmlText html, Finding finding, Occurrence occurrence)
    {
        if (occurrence.Evidence is not { } evidence)
        {
            return html;
        }

        string line = evidence.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        html = $"{html}<br>{HtmlText.Code((evidence.File.Length == 0 ? Name(finding.From) : evidence.File) + line)} {evidence.Mechanism.ToName()}";
        return evidence.Context is { Length: > 0 } context ? $"{html}: {HtmlText.Code(context.Trim())}" : html;
    }

    private HtmlText Code(StorePath path) => HtmlText.Code(Name(path));

    private string Name(StorePath path) => host is null ? path.Name : PackageNames.WithoutTriples(path, host);
}
