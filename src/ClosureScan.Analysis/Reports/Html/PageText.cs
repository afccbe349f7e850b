using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>
/// A piece of a page. What it is interpolated from stands in it as visible text, escaped for elements and for quoted attributes alike; there is no
/// other way to make one from a string. Unlike <see cref="HtmlText"/> it keeps whole lines, and no Markdown comes after it.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct PageText
{
    // A page shows what a person reads; whoever writes more than that into one field wants to fill the page.
    private const int MaxText = 4000;

    private readonly StringBuilder _html;

    public PageText(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (32 * formattedCount));

    /// <summary>The pieces one after the other.</summary>
    public static PageText Join(IEnumerable<PageText> pieces)
    {
        PageText all = $"";
        foreach (PageText piece in pieces)
        {
            all._html.Append(piece._html);
        }

        return all;
    }

    /// <summary>An attribute, with the blank before it; nothing for null.</summary>
    public static PageText Attribute(string name, string? value) => value is null ? (PageText)$"" : $" {name}=\"{value}\"";

    public void AppendLiteral(string literal) => _html.Append(literal);

    public void AppendFormatted(PageText html) => _html.Append(html._html);

    public void AppendFormatted(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        bool isCut = text.Length > MaxText;
        foreach (char character in VisibleText.Of(isCut ? text[..MaxText] : text))
        {
            _ = character switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                _ => _html.Append(character),
            };
        }

        _html.Append(isCut ? $"… ({text.Length - MaxText} more)" : "");
    }

    public void AppendFormatted(StorePath path) => _html.Append(path.ToString());

    public void AppendFormatted(long number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _html?.ToString() ?? "";
}
