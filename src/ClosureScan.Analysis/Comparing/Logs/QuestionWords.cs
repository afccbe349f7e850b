using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Comparing.Logs;

/// <summary>
/// The words of what differs, to be found in a question of a configure script: LARGE_FILES in "whether to enable -D_LARGEFILE64_SOURCE". Words are
/// compared without digits and endings, and two that follow one another as one as well.
/// </summary>
internal sealed partial class QuestionWords
{
    private const int Shortest = 4;

    /// <summary>What names and questions are full of.</summary>
    private static readonly FrozenSet<string> Common = new[]
    {
        "have", "with", "from", "that", "this", "defined", "undefined", "working", "whether", "function", "support", "broken", "missing", "sizeof", "struct",
        "type", "value", "values", "source", "enable", "glibc", "cannot", "check", "checking", "compiler", "provides", "which", "used", "uses", "needs", "init",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _words;
    private readonly string _whole;

    public QuestionWords(string text)
    {
        _whole = text.Split('@')[0];
        _words = [.. Words(_whole)];
    }

    /// <summary>How well a question fits: the letters of the words that both have, more for the whole name; 0 for not at all.</summary>
    public int Match(string question)
    {
        const int WholeName = 100;
        int score = _whole.Length >= Shortest && Regex.IsMatch(question, $@"(?<!\w){Regex.Escape(_whole)}(?!\w)") ? WholeName : 0;
        HashSet<string> asked = [.. Words(question)];
        foreach (string word in _words)
        {
            score += asked.Contains(word) ? word.Length : 0;
        }

        return score;
    }

    private static IEnumerable<string> Words(string text)
    {
        string previous = "";
        foreach (Match match in Letters().Matches(text))
        {
            string word = match.Value.ToLowerInvariant();
            if (word.Length >= Shortest && !Common.Contains(word))
            {
                yield return Stem(word);
            }

            string both = Stem(previous + word);
            if (previous.Length > 0 && both.Length > Shortest)
            {
                yield return both;
            }

            previous = word;
        }
    }

    private static string Stem(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith('s') && word.Length > Shortest ? word[..^1]
        : word;

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Letters();
}
