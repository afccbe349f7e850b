namespace ClosureScan.Analysis.Reports.Html;

/// <summary>What every page begins and ends with.</summary>
internal static class PageShell
{
    /// <summary>Writes all that stands before the first section: the head of the document, the page's heading, and the links to its parts.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="title">What a tab is called.</param>
    /// <param name="mood">How it went: <c>good</c>, <c>bad</c> or <c>unsure</c>.</param>
    /// <param name="badge">How it went, in a word.</param>
    /// <param name="headline">The page in one sentence.</param>
    /// <param name="facts">What stands under it.</param>
    /// <param name="sections">The parts: id and name.</param>
    public static void Begin(PageWriter page, string title, string mood, string badge, string headline, PageText facts, params IEnumerable<(string Id, string Name)> sections) => page
        .Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .WriteRaw(PageAssets.ContentSecurityPolicy)
        .Write($"\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{badge}: {title}</title>\n<style>")
        .WriteRaw(PageAssets.Style)
        .Write($"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header class=\"{mood}\">\n<p class=\"product\">ClosureScan</p>\n")
        .Write($"<h1><span class=\"badge\">{badge}</span> {headline}</h1>\n{facts}</header>\n")
        .Write($"<nav aria-label=\"Parts of this page\">{PageText.Join(sections.Select(section => (PageText)$"<a href=\"#{section.Id}\">{section.Name}</a>"))}</nav>\n<main id=\"main\">\n");

    /// <summary>Writes all that stands behind the last section: what was left out, data for the script, and the script.</summary>
    public static void End(PageWriter page, string version, IEnumerable<string> leftOut, IEnumerable<(string Id, string Base64)> data)
    {
        page.Write($"</main>\n<footer>\n{PageText.Join(leftOut.Select(text => (PageText)$"<p class=\"left-out\">{text}</p>\n"))}")
            .Write($"<p>Made by closurescan {version}. This file is whole: it asks no network for anything.</p>\n</footer>\n");
        foreach ((string id, string base64) in data)
        {
            page.Write($"<script type=\"text/plain\" id=\"{id}\">").WriteRaw(base64).Write($"</script>\n");
        }

        page.Write($"<script type=\"module\">").WriteRaw(PageAssets.Script).Write($"</script>\n</body>\n</html>\n");
    }

    /// <summary>The entry of a list of facts.</summary>
    public static PageText Fact(string name, PageText value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>\n";

    /// <summary>A bar of a part of a whole, for the eye: what it says stands beside it as text.</summary>
    public static PageText Bar(string kind, double from, double share) =>
        $"<svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\"><rect class=\"track\" width=\"1000\" height=\"10\"></rect><rect class=\"{kind}\" x=\"{Thousandths(from)}\" width=\"{Thousandths(share)}\" height=\"10\"></rect></svg>";

    /// <summary>A number with its noun.</summary>
    public static string Count(long count, string noun, string? many = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : many ?? noun + "s")}");

    private static long Thousandths(double share) => (long)Math.Round(Math.Clamp(share, 0, 1) * 1000);
}
