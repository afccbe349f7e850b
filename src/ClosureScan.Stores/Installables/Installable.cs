namespace ClosureScan.Stores.Installables;

/// <summary>What a user wants built or named by Nix.</summary>
internal sealed record Installable
{
    /// <summary>What each is called: a flake's <c>.#attribute</c>, or an attribute of <see cref="File"/> or <see cref="Expression"/>. May be empty there.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>A file of Nix (<c>-f</c>); null for flakes.</summary>
    public string? File { get; init; }

    /// <summary>An expression (<c>--expr</c>); null for flakes.</summary>
    public string? Expression { get; init; }

    /// <summary>
    /// Whether a ROOT is one: it has a <c>#</c> and is no file. Store paths, links, globs and names never have one.
    /// </summary>
    public static bool IsFlake(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.Contains('#', StringComparison.Ordinal) && !Path.Exists(root);
    }

    /// <summary>What to call it in messages.</summary>
    public override string ToString() => string.Join(' ',
        [.. File is null ? (string[])[] : ["-f", File], .. Expression is null ? (string[])[] : ["--expr", Expression], .. Names]);
}
