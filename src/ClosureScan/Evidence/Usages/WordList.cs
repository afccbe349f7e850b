namespace ClosureScan.Evidence.Usages;

/// <summary>Looks words up in a list that is written as one text, words apart by single spaces.</summary>
internal static class WordList
{
    /// <summary>Whether <paramref name="word"/> is one of <paramref name="words"/>.</summary>
    public static bool Has(ReadOnlySpan<byte> words, ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty || word.Contains((byte)' '))
        {
            return false;
        }

        for (int from = 0; from <= words.Length - word.Length;)
        {
            int at = words[from..].IndexOf(word);
            if (at < 0)
            {
                return false;
            }

            at += from;
            int end = at + word.Length;
            if ((at == 0 || words[at - 1] == ' ') && (end == words.Length || words[end] == ' '))
            {
                return true;
            }

            from = at + 1;
        }

        return false;
    }
}
