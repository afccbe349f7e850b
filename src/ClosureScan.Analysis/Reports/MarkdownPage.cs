using System.Text;

namespace ClosureScan.Analysis.Reports;

/// <summary>Markdown of bounded length: a line is taken only while what must still follow has room.</summary>
internal sealed class MarkdownPage(int maxBytes)
{
    // What closes lists and counts the rest, a few times over.
    private const int Reserve = 2000;

    private readonly StringBuilder _text = new();
    private int _bytes;

    /// <summary>Whether a list with a few items has room still.</summary>
    public bool HasRoom => _bytes < maxBytes - (2 * Reserve);

    /// <summary>Appends a line if there is room for it and for the reserve.</summary>
    public bool TryAppend(HtmlText html)
    {
        string line = html.ToString();
        int bytes = Encoding.UTF8.GetByteCount(line) + 1;
        if (_bytes + bytes > maxBytes - Reserve)
        {
            return false;
        }

        Take(line, bytes);
        return true;
    }

    /// <summary>Appends a line out of the reserve: something short without which the page is broken.</summary>
    public void Append(HtmlText html)
    {
        string line = html.ToString();
        Take(line, Encoding.UTF8.GetByteCount(line) + 1);
    }

    /// <summary>A folded list. What does not fit is counted in its last item.</summary>
    /// <param name="summary">The visible line.</param>
    /// <param name="items">The items.</param>
    /// <param name="isOpen">Whether it begins unfolded.</param>
    public void AppendList(HtmlText summary, IReadOnlyCollection<Func<HtmlText>> items, bool isOpen = false)
    {
        if (items.Count == 0)
        {
            return;
        }

        if (!TryAppend($"<details{(isOpen ? " open" : "")}>"))
        {
            Append($"<p>{summary}</p>");
            return;
        }

        Append($"  <summary>{summary}</summary>");
        Append($"  <ul>");
        int written = 0;
        foreach (Func<HtmlText> item in items)
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

        Append($"  </ul>");
        Append($"</details>");
    }

    /// <summary>The page.</summary>
    public override string ToString() => _text.ToString();

    private void Take(string line, int bytes)
    {
        _text.Append(line).Append('\n');
        _bytes += bytes;
    }
}
