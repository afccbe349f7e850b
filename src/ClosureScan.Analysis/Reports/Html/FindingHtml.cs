using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The findings of a page by what they drag in, as plain HTML: each a place to link to, with chain, bytes, fix and an entry to allow it.</summary>
internal sealed class FindingHtml(PolicyVerdict verdict, PageWriter page)
{
    private const int OpenAtFirst = 3;
    private const int PlacesShown = 20;
    private const int MaxChain = 24;

    private readonly KnownReferences _known = new(verdict.Report);
    private readonly Dictionary<string, int> _anchors = [];

    /// <summary>What a link to a finding ends with: the finding's key, so that it holds across rebuilds.</summary>
    public static string Anchor(string key, Dictionary<string, int> taken)
    {
        StringBuilder anchor = new("finding-");
        foreach (char character in key)
        {
            anchor.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '+' or '_' or ':' ? character : '-');
        }

        string text = anchor.ToString();
        int count = taken[text] = taken.GetValueOrDefault(text) + 1;
        return count == 1 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}-{count}");
    }

    public void Write()
    {
        page.Write($"<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n");
        if (verdict.Report.Findings.IsEmpty)
        {
            page.Write($"<p class=\"nothing\">Nothing of the build machine is where it does not belong.</p>\n");
        }

        int number = 0;
        foreach (FindingGroup group in verdict.Report.Groups)
        {
            if (!page.HasRoom)
            {
                int left = verdict.Report.Findings.Length - number;
                page.Write($"<p class=\"left-out\">{PageShell.Count(left, "finding is", "findings are")} left out here, since the page would be too large: --format json tells all.</p>\n");
                break;
            }

            WriteGroup(group, ref number);
        }

        page.Write($"</section>\n");
    }

    private void WriteGroup(FindingGroup group, ref int number)
    {
        page.Write($"<div class=\"group\">\n");
        if (group.Target is { } target)
        {
            string parts = group.Parts.IsEmpty ? "" : "with " + string.Join(", ", group.Parts.Select(part => $"{part.Path.Name} {ByteText.Of(part.NarSize)}"));
            string when = GroupText.Release(group, verdict.Report.PolicyFile is not null, group.AlsoHeldBy.Select(other => other.Name));
            page.Write($"<h3><strong>{ByteText.Of(GroupText.Bytes(group))}</strong> <code>{target.Name}</code></h3>\n<p class=\"dim\">{parts} — {when}</p>\n");
        }
        else
        {
            page.Write($"<h3>{(group.Rule is { } rule && verdict.Report.Rules.TryFind(rule, out Rules.Rule? known) ? known.Title : group.Rule)}</h3>\n");
        }

        foreach (Finding finding in group.Findings)
        {
            number++;
            if (page.HasRoom)
            {
                WriteFinding(number, finding);
            }
        }

        page.Write($"</div>\n");
    }

    private void WriteFinding(int number, Finding finding)
    {
        bool isNote = finding.Severity == Severity.Note;
        bool isOpen = finding.Occurrences.Any(place => place.Status.IsOpen);
        string effect = isNote ? "note" : finding.Effect == Effect.Breaks ? "breaks" : "bloats";
        string anchor = Anchor(finding.Key, _anchors);
        PageText to = finding.To is { } path ? (PageText)$" <span class=\"arrow\">→</span> <code>{path.Name}</code>" : $"";
        PageText status = isOpen ? (PageText)$"" : $" <span class=\"tag\">accepted</span>";
        page.Write($"<details class=\"finding\" id=\"{anchor}\"{(PageText)(number <= OpenAtFirst && isOpen ? (PageText)$" open" : $"")}>\n<summary><span class=\"effect {effect}\">{effect}</span> <code>{finding.From.Name}</code>{to}{status} <span class=\"dim\">{finding.Rule}{Cost(finding)}</span></summary>\n");
        page.Write($"<p class=\"path\"><a href=\"#{anchor}\" aria-label=\"Link to finding {number}\">#{number}</a> in <code>{finding.From}</code>{(PageText)(finding.To is { } named ? (PageText)$" names <code>{named}</code>" : $"")}</p>\n");
        WritePlaces(finding);
        WriteChain(finding.Chain);
        page.Write($"</details>\n");
    }

    private static string Cost(Finding finding) => finding switch
    {
        { FreedBytes: > 0 } => $", mending it frees {ByteText.Of(finding.FreedBytes)}",
        { To: not null } => ", mending it alone frees nothing",
        { ByteCount: > 0 } => $", {ByteText.Of(finding.ByteCount)}",
        _ => "",
    };

    private void WritePlaces(Finding finding)
    {
        string? fix = null;
        foreach (Occurrence place in finding.Occurrences.Take(PlacesShown))
        {
            if (place.Evidence is { } evidence)
            {
                page.Write($"<div class=\"place\">{Place(evidence, place.Count)}{Context(evidence)}</div>\n");
            }
            else
            {
                page.Write($"<div class=\"place dim\">registered by the store; the bytes were not read</div>\n");
            }

            if (place.Status.State != OccurrenceState.New)
            {
                page.Write($"<p class=\"dim\">{place.Status.State.ToName()}: {place.Status.Because}</p>\n");
            }

            if (place.Fix != fix)
            {
                fix = place.Fix;
                page.Write($"<p class=\"fix\"><b>Fix</b> {fix}</p>\n");
            }
        }

        int more = finding.Occurrences.Length - PlacesShown;
        if (more > 0)
        {
            page.Write($"<p class=\"left-out\">and {PageShell.Count(more, "more place")}: --all-files, or --format json</p>\n");
        }

        Occurrence worst = finding.Occurrences[0];
        page.Write($"<details class=\"allow\"><summary>If this is right: an entry for the policy</summary><pre><code>{AllowEntryText.For(finding, worst)}</code></pre></details>\n");
    }

    private void WriteChain(ImmutableArray<StorePath> chain)
    {
        if (chain.Length < 2)
        {
            return;
        }

        page.Write($"<p class=\"label\">Chain</p>\n<ol class=\"chain\">\n");
        for (int i = 0; i < chain.Length; i++)
        {
            if (i == MaxChain / 2 && chain.Length > MaxChain)
            {
                int left = chain.Length - MaxChain;
                page.Write($"<li class=\"dim\">{PageShell.Count(left, "more path")} between</li>\n");
                i += left;
            }

            ReferenceEvidence? holder = i + 1 < chain.Length ? _known.Find(chain[i], chain[i + 1])?.Evidence.FirstOrDefault() : null;
            page.Write($"<li><code>{chain[i].Name}</code>{(PageText)(holder is null ? (PageText)$"" : $"<span class=\"via\">{Place(holder, 1)}</span>")}</li>\n");
        }

        page.Write($"</ol>\n");
    }

    /// <summary>Where bytes lie: the file, its line or byte, what carries them.</summary>
    public static PageText Place(ReferenceEvidence evidence, long count)
    {
        string file = evidence.File.Length == 0 ? "the path itself" : evidence.File;
        string line = evidence.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}:{evidence.Column ?? 1}") : "";
        string section = evidence is { Section: { } name, SectionOffset: { } offset } ? string.Create(CultureInfo.InvariantCulture, $", {name}+0x{offset:x}") : "";
        return $"<code class=\"file\">{file}{line}</code> <span class=\"dim\">{evidence.Mechanism.ToName()}, byte {evidence.Offset}{section}{(count > 1 ? $", {PageShell.Count(count, "time")}" : "")}</span>";
    }

    private static PageText Context(ReferenceEvidence evidence) => evidence.Context is { Length: > 0 } context ? (PageText)$"<pre class=\"context\"><code>{context.Trim()}</code></pre>" : $"";
}
