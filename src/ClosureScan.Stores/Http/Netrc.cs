namespace ClosureScan.Stores.Http;

/// <summary>
/// The logins in a <c>netrc</c> file, as curl reads it: <c>machine HOST login USER password SECRET</c> in any spacing, <c>default</c> for the
/// other hosts. Immutable.
/// </summary>
internal sealed class Netrc
{
    private readonly Dictionary<string, (string User, string Password)> _logins = new(StringComparer.OrdinalIgnoreCase);
    private (string User, string Password)? _default;

    private Netrc()
    {
    }

    /// <summary>Reads a file; one that is not there or may not be read has no logins.</summary>
    public static Netrc Load(string? file)
    {
        try
        {
            return Parse(file is null ? "" : File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Netrc();
        }
    }

    /// <summary>Reads a file's text. What is no netrc is passed over: curl does so, too.</summary>
    public static Netrc Parse(string text)
    {
        Netrc netrc = new();
        string? machine = null;
        bool isDefault = false;
        (string User, string Password) login = ("", "");
        Queue<string> words = new(Words(text));
        while (words.TryDequeue(out string? word))
        {
            switch (word)
            {
                case "machine" or "default":
                    netrc.Keep(machine, isDefault, login);
                    isDefault = word == "default";
                    machine = isDefault || !words.TryDequeue(out string? host) ? null : host;
                    login = ("", "");
                    break;
                case "login" when words.TryDequeue(out string? user):
                    login.User = user;
                    break;
                case "password" when words.TryDequeue(out string? password):
                    login.Password = password;
                    break;
                case "account":
                    words.TryDequeue(out _);
                    break;
                default:
                    break;
            }
        }

        netrc.Keep(machine, isDefault, login);
        return netrc;
    }

    /// <summary>The login for a host; null when there is none.</summary>
    public (string User, string Password)? Find(string host) => _logins.TryGetValue(host, out (string, string) login) ? login : _default;

    private void Keep(string? machine, bool isDefault, (string User, string Password) login)
    {
        if (isDefault)
        {
            _default ??= login;
        }
        else if (machine is not null)
        {
            // The first of a host counts.
            _logins.TryAdd(machine, login);
        }
    }

    /// <summary>Words between blanks, or in double quotes; a macro, which ends at an empty line, and comments are none.</summary>
    private static IEnumerable<string> Words(string text)
    {
        bool inMacro = false;
        foreach (string line in text.Split('\n'))
        {
            inMacro = inMacro && !string.IsNullOrWhiteSpace(line);
            int position = 0;
            while (!inMacro && NextWord(line, ref position) is { } word)
            {
                if (word.StartsWith('#'))
                {
                    break;
                }

                inMacro = word == "macdef";
                if (!inMacro)
                {
                    yield return word;
                }
            }
        }
    }

    private static string? NextWord(string line, ref int position)
    {
        while (position < line.Length && char.IsWhiteSpace(line[position]))
        {
            position++;
        }

        if (position == line.Length)
        {
            return null;
        }

        int start = position;
        if (line[start] == '"' && line.IndexOf('"', start + 1) is > 0 and int end)
        {
            position = end + 1;
            return line[(start + 1)..end];
        }

        while (position < line.Length && !char.IsWhiteSpace(line[position]))
        {
            position++;
        }

        return line[start..position];
    }
}
