namespace ClosureScan.Analysis.Policy;

/// <summary>
/// Matches what of a glob is not plain, all of its possible places at once: time is at most the length of the text times that of the glob, and
/// memory two bits of state a token. Immutable.
/// </summary>
internal sealed class GlobMatcher
{
    // What a token is if it is no character.
    private const int AnyButSlash = -1;
    private const int ManyButSlash = -2;
    private const int Many = -3;

    /// <summary>Nothing, or what <see cref="ManyToSlash"/>, the token behind it, takes.</summary>
    private const int Optional = -4;
    private const int ManyToSlash = -5;

    private const int LargestOnStack = 256;

    private readonly int[] _tokens;

    private GlobMatcher(int[] tokens) => _tokens = tokens;

    /// <summary>Reads a glob. Null for one that is plain.</summary>
    /// <param name="glob">The glob.</param>
    /// <param name="prefix">How many plain characters it begins with.</param>
    /// <param name="suffix">How many plain characters it ends with.</param>
    public static GlobMatcher? Create(string glob, out int prefix, out int suffix)
    {
        List<int> tokens = Read(glob);
        int first = tokens.FindIndex(static token => token < 0);
        prefix = first < 0 ? tokens.Count : first;
        suffix = first < 0 ? 0 : tokens.Count - 1 - tokens.FindLastIndex(static token => token < 0);
        return first < 0 ? null : new GlobMatcher([.. tokens[prefix..^suffix]]);
    }

    /// <summary>Whether it covers the whole of <paramref name="text"/>.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        int states = _tokens.Length + 1;
        Span<bool> now = states <= LargestOnStack ? stackalloc bool[states] : new bool[states];
        Span<bool> next = states <= LargestOnStack ? stackalloc bool[states] : new bool[states];
        Enter(now, 0);
        foreach (char character in text)
        {
            next.Clear();
            bool isAlive = false;
            for (int state = 0; state < _tokens.Length; state++)
            {
                isAlive |= now[state] && Step(next, state, character);
            }

            if (!isAlive)
            {
                return false;
            }

            Span<bool> spare = now;
            now = next;
            next = spare;
        }

        return now[^1];
    }

    private static List<int> Read(string glob)
    {
        List<int> tokens = new(glob.Length);
        for (int i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**/") && (i == 0 || glob[i - 1] == '/'))
            {
                tokens.AddRange(Optional, ManyToSlash);
                i += 2;
            }
            else if (glob.AsSpan(i).StartsWith("**"))
            {
                tokens.Add(Many);
                i++;
            }
            else
            {
                tokens.Add(glob[i] switch { '*' => ManyButSlash, '?' => AnyButSlash, char plain => plain });
            }
        }

        return tokens;
    }

    /// <summary>Takes a character in a state. False when that leads nowhere.</summary>
    private bool Step(Span<bool> next, int state, char character)
    {
        int token = _tokens[state];
        bool stays = token is Many or ManyToSlash || (token == ManyButSlash && character != '/');
        bool goesOn = token == character || (token == AnyButSlash && character != '/') || (token == ManyToSlash && character == '/');
        if (stays)
        {
            Enter(next, state);
        }

        if (goesOn)
        {
            Enter(next, state + 1);
        }

        return stays || goesOn;
    }

    /// <summary>Enters a state, and those that nothing need be taken for.</summary>
    private void Enter(Span<bool> states, int state)
    {
        for (; !states[state]; state++)
        {
            states[state] = true;
            if (state == _tokens.Length || _tokens[state] is not (ManyButSlash or Many or Optional))
            {
                return;
            }

            if (_tokens[state] == Optional)
            {
                states[++state] = true;
            }
        }
    }
}
