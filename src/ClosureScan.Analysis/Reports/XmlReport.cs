using System.Text;
using System.Xml;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes XML. Text from input is visible text in it: XML has no place for most control characters, not even escaped.</summary>
internal sealed class XmlReport(Stream output) : IDisposable
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false };

    private readonly XmlWriter _xml = XmlWriter.Create(output, Settings);

    /// <summary>Begins an element.</summary>
    public void Start(string name) => _xml.WriteStartElement(name);

    /// <summary>Ends the element that was begun last.</summary>
    public void End() => _xml.WriteEndElement();

    /// <summary>An attribute of the element that was begun.</summary>
    public void Attribute(string name, string value) => _xml.WriteAttributeString(name, VisibleText.Of(value));

    /// <summary>Text in the element that was begun, on one line.</summary>
    public void Text(string text) => _xml.WriteString(VisibleText.Of(text));

    /// <summary>Items in the element that was begun, a line each.</summary>
    public void List(IEnumerable<string> items)
    {
        foreach (string item in items)
        {
            _xml.WriteString($"\n- {VisibleText.Of(item)}");
        }
    }

    public void Dispose() => _xml.Dispose();
}
