using System.Text;

namespace ClosureScan.Stores.Ssh;

/// <summary>Words of a POSIX shell.</summary>
internal static class ShellWords
{
    /// <summary>Splits a line as a shell does: blanks between words, quotes, backslashes; nothing is expanded.</summary>
    /// <exception cref="StoreUriException">A quote is not closed.</exception>
    public static List<string> Split(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        for (int index = 0; index < line.Length; index++)
        {
            char letter = line[index];
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }

                continue;
            }

            word ??= new StringBuilder();
            if (letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter == '\\' && quote != '\'' && index + 1 < line.Length && (quote == '\0' || line[index + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(line[++index]);
            }
            else
            {
                word.Append(letter);
            }
        }

        if (quote != '\0')
        {
            throw new StoreUriException($"NIX_SSHOPTS has a {quote} that is not closed.");
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary>One word for a shell.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ':' or '=' or '+' or ',' or '@')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
