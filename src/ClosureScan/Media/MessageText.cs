using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ClosureScan.Media;

/// <summary>
/// A message for a person, of one line or several. What it is interpolated from stands in it as <see cref="VisibleText"/>, so that its lines
/// are the program's own: no name or value of the input makes another. There is no other way to make one from a string.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct MessageText
{
    private readonly StringBuilder _text;

    public MessageText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    /// <summary>Each item on a line of its own.</summary>
    public static MessageText Lines<T>(IEnumerable<T> items)
    {
        MessageText text = new(0, 4);
        foreach (T item in items)
        {
            text._text.Append(text._text.Length > 0 ? "\n" : "");
            text.AppendFormatted(item);
        }

        return text;
    }

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(MessageText message) => _text.Append(message._text);

    public void AppendFormatted(scoped ReadOnlySpan<char> value) => AppendFormatted(value.ToString());

    public void AppendFormatted(string? value) => _text.Append(VisibleText.Of(value ?? ""));

    public void AppendFormatted<T>(T value, string? format = null) => AppendFormatted(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    public override string ToString() => _text?.ToString() ?? "";
}
