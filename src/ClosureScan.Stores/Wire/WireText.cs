using System.Text;

namespace ClosureScan.Stores.Wire;

/// <summary>A peer's own words, made fit for one line of a message: no escape sequences, no control characters, bounded.</summary>
internal static class WireText
{
    private const int MostLength = 500;

    /// <summary>The text on one line.</summary>
    public static string OneLine(string text)
    {
        StringBuilder line = new();
        for (int index = 0; index < text.Length && line.Length < MostLength; index++)
        {
            if (text[index] == '\e')
            {
                index = EndOfEscape(text, index);
            }
            else if (!char.IsControl(text[index]))
            {
                line.Append(text[index]);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().Trim();
    }

    /// <summary>The last character of the sequence that begins at <paramref name="index"/>: a letter ends it.</summary>
    private static int EndOfEscape(string text, int index)
    {
        int end = index + 1;
        if (end < text.Length && text[end] == '[')
        {
            end++;
            while (end < text.Length && !char.IsAsciiLetter(text[end]))
            {
                end++;
            }
        }

        return end;
    }
}
