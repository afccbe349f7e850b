using System.Text;
using ClosureScan.Cli.Rendering;
using ClosureScan.Media;

namespace ClosureScan.Cli.Explorer;

/// <summary>What a terminal shows: cells of one column each, with a style. Text of the closure is made visible here, whatever it has in it.</summary>
internal sealed class Grid(int width, int height)
{
    private const char Unsure = '·';

    private readonly char[] _characters = [.. Enumerable.Repeat(' ', width * height)];
    private readonly Style[] _styles = new Style[width * height];
    private readonly bool[] _marked = new bool[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>The cell: its character, its style, and whether the cursor lies on it.</summary>
    public (char Character, Style Style, bool IsMarked) this[int x, int y] => (_characters[(y * width) + x], _styles[(y * width) + x], _marked[(y * width) + x]);

    /// <summary>Writes text into at most <paramref name="room"/> columns; what is too long ends in an ellipsis.</summary>
    public void Put(int x, int y, string text, int room, Style style = Style.Plain)
    {
        room = Math.Min(room, width - x);
        if (y < 0 || y >= height || room <= 0)
        {
            return;
        }

        string visible = VisibleText.Of(text.Replace(StyledWriter.FixedBlank, ' '));
        for (int i = 0; i < visible.Length && i < room; i++)
        {
            int cell = (y * width) + x + i;
            _characters[cell] = i == room - 1 && visible.Length > room ? '…' : IsNarrow(visible[i]) ? visible[i] : Unsure;
            _styles[cell] = style;
        }
    }

    /// <summary>Writes text that ends at a column.</summary>
    public void PutRight(int end, int y, string text, Style style = Style.Plain) => Put(Math.Max(0, end - text.Length), y, text, text.Length, style);

    /// <summary>Lays the cursor over a part of a line.</summary>
    public void Mark(int x, int y, int length)
    {
        if (y >= 0 && y < height)
        {
            Array.Fill(_marked, true, (y * width) + x, Math.Max(0, Math.Min(length, width - x)));
        }
    }

    /// <summary>Empties a part.</summary>
    public void Clear(int x, int y, int columns, int rows)
    {
        for (int row = y; row < Math.Min(height, y + rows); row++)
        {
            int start = (row * width) + x;
            int length = Math.Max(0, Math.Min(columns, width - x));
            Array.Fill(_characters, ' ', start, length);
            Array.Fill(_styles, Style.Plain, start, length);
            Array.Fill(_marked, false, start, length);
        }
    }

    /// <summary>A line of the screen, without the blanks at its end.</summary>
    public string Line(int y) => new string(_characters, y * width, width).TrimEnd();

    /// <summary>The screen as text; where the cursor lies, a line begins with <c>&gt;</c> in the margin. For tests.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        for (int y = 0; y < height; y++)
        {
            text.Append(_marked.AsSpan(y * width, width).Contains(true) ? '>' : ' ').Append(Line(y)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Letters of one column, as every terminal agrees; the width of others depends on the terminal.</summary>
    private static bool IsNarrow(char character) => character is < '\u0300' or (>= '\u0370' and < '\u0591') or (>= '\u2010' and <= '\u205e') or (>= '\u2190' and <= '\u25ff');
}
