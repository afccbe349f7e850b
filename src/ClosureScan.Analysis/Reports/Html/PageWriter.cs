using System.Text;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>Writes a page piece by piece as UTF-8 and counts its bytes, so that lists end before the page is too large to be opened.</summary>
internal sealed class PageWriter(Stream output, long budget)
{
    /// <summary>The bytes that were written.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a list may go on.</summary>
    public bool HasRoom => Length < budget;

    public PageWriter Write(PageText html) => WriteRaw(html.ToString());

    /// <summary>Writes a part of the page that is ours: style, script, base64.</summary>
    public PageWriter WriteRaw(string html)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(html);
        output.Write(bytes);
        Length += bytes.Length;
        return this;
    }
}
