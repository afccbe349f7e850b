using ClosureScan.Media;

namespace ClosureScan.Cli.Rendering;

/// <summary>
/// Writes words with styles, wrapping between words and indenting what follows. A word is never broken: a store path
/// longer than the line stands on a line of its own and can be copied. Whatever text it is given is <see cref="VisibleText"/> when it
/// is written: only this class writes escapes and ends lines.
/// </summary>
internal sealed class StyledWriter(TextWriter output, Terminal terminal)
{
    /// <summary>A blank that is written as one and never broken at.</summary>
    public const char FixedBlank = '\u00a0';

    private int _column;
    private int _indent;
    private bool _space;
    private bool _lineHasText;
    private int _blankLines;

    public int Width => terminal.Width;

    /// <summary>The column that comes next.</summary>
    public int At => _column;

    /// <summary>The lines of what <paramref name="write"/> writes, to be counted before they are written.</summary>
    public string[] Render(Action<StyledWriter> write)
    {
        using StringWriter block = new();
        write(new StyledWriter(block, terminal));
        return block.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Writes lines of <see cref="Render"/>, at most <paramref name="limit"/> of them; of more the last one says how many are left out.</summary>
    public StyledWriter Rendered(string[] lines, int limit, Func<int, string> more, int column = 4)
    {
        int shown = lines.Length <= limit ? lines.Length : limit - 1;
        WriteBlankLines(shown > 0);
        foreach (string line in lines.Take(shown))
        {
            output.Write(line);
            output.Write('\n');
        }

        return shown == lines.Length ? this : Indent(0).Column(column).Words(more(lines.Length - shown), Style.Dim).Line();
    }

    /// <summary>Sets the column that wrapped lines begin at.</summary>
    public StyledWriter Indent(int columns)
    {
        _indent = columns;
        return this;
    }

    /// <summary>Moves to a column, at least one blank further unless already there.</summary>
    public StyledWriter Column(int column)
    {
        int blanks = _column < column ? column - _column : _column == column ? 0 : 1;
        WriteBlankLines(blanks > 0);
        output.Write(new string(' ', blanks));
        _column += blanks;
        _space = false;
        return this;
    }

    /// <summary>Writes words, wrapping between them.</summary>
    public StyledWriter Words(string text, Style style = Style.Plain)
    {
        ReadOnlySpan<char> encoded = VisibleText.Of(text);
        foreach (Range range in encoded.Split(' '))
        {
            ReadOnlySpan<char> word = encoded[range];
            for (int end; !word.IsEmpty; word = word[end..])
            {
                end = EndOfPiece(word);
                Word(word[..end], style);
                _space = end == word.Length;
            }
        }

        return this;
    }

    /// <summary>Writes text as one word, without a blank before it.</summary>
    public StyledWriter Raw(string text, Style style = Style.Plain)
    {
        _space = false;
        Put(VisibleText.Of(text), style);
        return this;
    }

    /// <summary>Ends the line.</summary>
    /// <remarks>A blank line is written when something follows it: none ends a report.</remarks>
    public StyledWriter Line()
    {
        if (_column == 0)
        {
            _blankLines++;
        }
        else
        {
            output.Write('\n');
        }

        _column = 0;
        _space = false;
        _lineHasText = false;
        return this;
    }

    /// <summary>A word that is longer than a line and a list of paths, as a RUNPATH is, may end behind a colon: each path can still be copied.</summary>
    private int EndOfPiece(ReadOnlySpan<char> word)
    {
        int colon = TextColumns.Of(word) <= terminal.Width - _indent ? -1 : word.IndexOf(":/", StringComparison.Ordinal);
        return colon < 0 || (colon + 2 < word.Length && word[colon + 2] == '/') ? word.Length : colon + 1;
    }

    private void Word(ReadOnlySpan<char> word, Style style)
    {
        int blank = _space ? 1 : 0;
        if (_column > _indent && _column + blank + TextColumns.Of(word) > terminal.Width)
        {
            Line();
            Column(_indent);
            blank = 0;
        }

        if (blank > 0)
        {
            output.Write(' ');
            _column++;
        }

        Put(word, style);
    }

    private void WriteBlankLines(bool follows)
    {
        for (; follows && _blankLines > 0; _blankLines--)
        {
            output.Write('\n');
        }
    }

    private void Put(ReadOnlySpan<char> text, Style style)
    {
        WriteBlankLines(!text.IsEmpty);
        if (!_lineHasText)
        {
            text = VisibleText.AtLineStart(text);
            _lineHasText = !text.IsWhiteSpace();
        }

        string escape = terminal.Color ? Escape(style) : "";
        output.Write(escape);
        foreach (Range part in text.Split(FixedBlank))
        {
            output.Write(part.Start.Value > 0 ? " " : "");
            output.Write(text[part]);
        }

        if (escape.Length > 0)
        {
            output.Write("\e[0m");
        }

        _column += TextColumns.Of(text);
    }

    /// <summary>What begins a style on a terminal; empty for plain text.</summary>
    public static string Escape(Style style) => style switch
    {
        Style.Strong => "\e[1m",
        Style.Dim => "\e[2m",
        Style.Bad => "\e[1;31m",
        Style.Warning => "\e[33m",
        Style.Good => "\e[32m",
        Style.Accent => "\e[36m",
        _ => "",
    };
}
