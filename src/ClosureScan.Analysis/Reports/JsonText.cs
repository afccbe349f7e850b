using System.Text.Encodings.Web;
using System.Text.Json;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>The one way in which every JSON document is written, whatever its schema: indented, UTF-8, a line feed behind it, nothing in it that hides.</summary>
internal static class JsonText
{
    // Store paths and shell text should read as they are; the output is a file, never a part of a web page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes a document.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="write">Writes its value.</param>
    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (VisibleJsonStream visible = new(output))
        using (Utf8JsonWriter json = new(visible, Options))
        {
            write(json);
        }

        output.WriteByte((byte)'\n');
    }
}
