namespace ClosureScan.Stores;

/// <summary>A store address taken apart: <c>SCHEME:PATH?NAME=VALUE&amp;…</c>, or a path alone.</summary>
internal sealed record StoreUri
{
    private StoreUri(string text, string scheme, string path, IReadOnlyDictionary<string, string> parameters)
    {
        Text = text;
        Scheme = scheme;
        Path = path;
        Parameters = parameters;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary><c>local</c>, <c>auto</c>, <c>file</c>, …; empty for a plain path.</summary>
    public string Scheme { get; }

    /// <summary>What follows the scheme; empty when nothing does.</summary>
    public string Path { get; }

    /// <summary>What follows the question mark, percent-decoded.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Takes <paramref name="text"/> apart.</summary>
    /// <exception cref="StoreException">A parameter is no <c>NAME=VALUE</c>, or comes twice.</exception>
    public static StoreUri Parse(string text)
    {
        // A folder may have a question mark or a colon in its name: what exists is that folder.
        if (Directory.Exists(text))
        {
            return new StoreUri(text, "", text, new Dictionary<string, string>());
        }

        int question = text.IndexOf('?', StringComparison.Ordinal);
        string address = question < 0 ? text : text[..question];
        Dictionary<string, string> parameters = question < 0 ? [] : ParseParameters(text, text[(question + 1)..]);

        int colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && IsScheme(address.AsSpan(0, colon)))
        {
            string rest = address[(colon + 1)..];
            return new StoreUri(text, address[..colon], rest.StartsWith("//", StringComparison.Ordinal) ? rest[2..] : rest, parameters);
        }

        return address is "" or "auto" or "local" or "daemon"
            ? new StoreUri(text, address.Length == 0 ? "auto" : address, "", parameters)
            : new StoreUri(text, "", address, parameters);
    }

    /// <summary>Refuses parameters that the store does not know: a misspelt one would otherwise open another store than meant.</summary>
    /// <exception cref="StoreException">There is one that is not in <paramref name="known"/>.</exception>
    public void AllowParameters(params ReadOnlySpan<string> known)
    {
        foreach (string name in Parameters.Keys)
        {
            if (!known.Contains(name))
            {
                string list = known.IsEmpty ? "it takes none" : $"it takes {string.Join(", ", known!)}";
                throw new StoreUriException($"The store \"{Text}\" has no parameter \"{name}\"; {list}.");
            }
        }
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }

    private static Dictionary<string, string> ParseParameters(string uri, string query)
    {
        Dictionary<string, string> parameters = [];
        foreach (string part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parameters.TryAdd(part[..equals], Uri.UnescapeDataString(part[(equals + 1)..])))
            {
                throw new StoreUriException($"The parameter \"{part}\" of the store \"{uri}\" must be NAME=VALUE, and each name once.");
            }
        }

        return parameters;
    }
}
