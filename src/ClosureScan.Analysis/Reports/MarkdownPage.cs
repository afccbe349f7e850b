using System.Text;

namespace ClosureScan.Analysis.Reports;

/// <summary>Markdown of bounded length: a line is taken only while what must still follow has room.</summary>
internal sealed class MarkdownPage(int maxBytes)
{
    // What closes lists and counts the rest, a few times over.
    private const int Reserve = 2000;

    private readonly StringBuilder _text = new();
    private int _bytes;

    /// <summary>Appends a line if there is room for it and for the reserve.</summary>
    public bool TryAppend(string line)
    {
        int bytes = Encoding.UTF8.GetByteCount(line) + 1;
        if (_bytes + bytes > maxBytes - Reserve)
        {
            return false;
        }

        Take(line, bytes);
        return true;
    }

    /// <summary>Appends a line out of the reserve: something short without which the page is broken.</summary>
    public void Append(string line) => Take(line, Encoding.UTF8.GetByteCount(line) + 1);

    /// <summary>A folded list. What does not fit is counted in its last item.</summary>
    /// <param name="summary">The visible line, as HTML.</param>
    /// <param name="items">The items, as HTML.</param>
    /// <param name="isOpen">Whether it begins unfolded.</param>
    public void AppendList(string summary, IReadOnlyCollection<Func<string>> items, bool isOpen = false)
    {
        if (items.Count == 0)
        {
            return;
        }

        if (!TryAppend(isOpen ? "<details open>" : "<details>"))
        {
            Append($"<p>{summary}</p>");
            return;
        }

        Append($"  <summary>{summary}</summary>");
        Append("  <ul>");
        int written = 0;
        foreach (Func<string> item in items)
        {
            if (!TryAppend($"    <li>{item()}</li>"))
            {
                break;
            }

            written++;
        }

        if (written < items.Count)
        {
            Append($"    <li>… and {items.Count - written} more</li>");
        }

        Append("  </ul>");
        Append("</details>");
    }

    /// <summary>Escapes text for HTML, on one line.</summary>
    public static string Escape(string text) => text
        .ReplaceLineEndings(" ")
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Text as code.</summary>
    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>The page.</summary>
    public override string ToString() => _text.ToString();

    private void Take(string line, int bytes)
    {
        _text.Append(line).Append('\n');
        _bytes += bytes;
    }
}
