using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// A piece of HTML, as it is and as Markdown takes it. What it is interpolated from stands in it as visible text, on one line and escaped; there is
/// no other way to make one from a string.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct HtmlText
{
    private readonly StringBuilder _html;

    public HtmlText(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (32 * formattedCount));

    /// <summary>Text as code.</summary>
    public static HtmlText Code(string text) => $"<code>{text}</code>";

    /// <summary>Text within a line of Markdown, a cell of a table included: none of it is markup.</summary>
    public static string InMarkdown(string text)
    {
        HtmlText html = $"{text}";
        StringBuilder markdown = new(html.ToString());
        foreach (char mark in "\\`*_~[]|")
        {
            markdown.Replace(mark.ToString(), string.Create(CultureInfo.InvariantCulture, $"&#{(int)mark};"));
        }

        return markdown.ToString();
    }

    public void AppendLiteral(string literal) => _html.Append(literal);

    public void AppendFormatted(HtmlText html) => _html.Append(html._html);

    public void AppendFormatted(string? text) => _html.Append(VisibleText.Of((text ?? "").ReplaceLineEndings(" "))
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("@", "@<!-- -->", StringComparison.Ordinal));

    public void AppendFormatted<T>(T value, string? format = null) => AppendFormatted(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    public override string ToString() => _html?.ToString() ?? "";
}
