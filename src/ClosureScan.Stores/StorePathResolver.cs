using System.Collections.Immutable;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>Turns what a user writes into paths of a store.</summary>
public static class StorePathResolver
{
    private const int MostSuggestions = 10;

    /// <summary>The bound that Linux has for links in one path (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    /// <summary>
    /// Resolves a store path, a path below one, a symbolic link that leads into the store (<c>./result</c>), a base name,
    /// the start of a hash or base name, a name without its configuration, a package's name as findings tell it, a path as reports shorten it
    /// (<c>9br3h9ij…-gcc-13.2.0</c>), or a glob over names and base names (<c>*-gcc-*</c>). Derivations are meant where the text ends like one.
    /// </summary>
    /// <returns>One path; for a glob all that match, sorted.</returns>
    /// <exception cref="UnresolvedPathException">Nothing matches, or more than one path without a glob. The message lists what was meant, or could be.</exception>
    /// <exception cref="StoreException">The store's metadata cannot be read.</exception>
    public static async Task<ImmutableArray<StorePath>> ResolveAsync(IStore store, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (FindStorePath(store.Directory, text) is { } path)
        {
            return await store.FindAsync(path, cancellationToken).ConfigureAwait(false) is not null
                ? [path]
                : throw new UnresolvedPathException($"{path} is not in {store.Location}.{await SuggestAsync(store, path.Name, cancellationToken).ConfigureAwait(false)}");
        }

        if (store is IHashIndex index
            && StorePathHash.TryParse(text, out StorePathHash hash)
            && await index.FindByHashAsync(hash, cancellationToken).ConfigureAwait(false) is { } ofHash)
        {
            return [ofHash];
        }

        PathWord word = new(text);
        List<StorePath> listed = [];
        await foreach (StorePath candidate in ListAsync(store, cancellationToken).ConfigureAwait(false))
        {
            listed.Add(candidate);
        }

        List<StorePath> matches = word.Among(listed);
        if (matches.Count == 0 && text.Contains('/', StringComparison.Ordinal))
        {
            throw !Path.Exists(text) ? new UnresolvedPathException($"{text} is not there. Has it been built?")
                : new UnresolvedPathException($"{text} leads to no path of {store.Directory}.{(IsCache(text) ? " It is a store itself: name it with --store, and a root in it." : "")}");
        }

        if (store is not IListableStore)
        {
            throw new UnresolvedPathException($"{store.Location} cannot list its paths, so \"{text}\" is not to be found there: name a whole store path, or a whole hash.");
        }

        return matches.Count > 0
            ? OneOrAll(word, text, matches, store.Location)
            : throw new UnresolvedPathException(
                $"\"{text}\" matches nothing in {store.Location}.{(text.Contains('[', StringComparison.Ordinal) ? " A glob knows * and ? alone." : "")}{await SuggestAsync(store, text.Trim('*', '?', '-'), cancellationToken).ConfigureAwait(false)}");
    }

    /// <summary>Resolves within a closure what <see cref="ResolveAsync"/> resolves within a store.</summary>
    /// <returns>One path; for a glob all that match, sorted; empty when nothing of the closure does.</returns>
    /// <exception cref="UnresolvedPathException">More than one path matches without a glob. The message lists them.</exception>
    internal static ImmutableArray<StorePath> ResolveAmong(ScannedClosure closure, string text)
    {
        ArgumentNullException.ThrowIfNull(closure);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        StorePath[] paths = [.. closure.Paths.Select(path => path.Info.Path)];
        PathWord word = new(text);
        return FindStorePath(closure.StoreDirectory, text) is { } named
            ? [.. paths.Where(named.Equals)]
            : OneOrAll(word, text, word.Among(paths), "the closure");
    }

    /// <summary>Whether a glob matches a path: its base name or its name, the whole of it.</summary>
    internal static bool Matches(string glob, StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PathWord.Matches(glob, path);
    }

    /// <summary>Every path of a store; none of one that cannot tell.</summary>
    private static IAsyncEnumerable<StorePath> ListAsync(IStore store, CancellationToken cancellationToken) =>
        store is IListableStore listable ? listable.ListAsync(cancellationToken) : AsyncEnumerable.Empty<StorePath>();

    private static bool IsCache(string folder) => File.Exists(Path.Combine(folder, "nix-cache-info"));

    private static ImmutableArray<StorePath> OneOrAll(PathWord word, string text, List<StorePath> matches, string where) => matches.Count < 2 || word.IsGlob
        ? [.. matches]
        : throw new UnresolvedPathException($"\"{text}\" could mean {matches.Count} paths of {where}; write more of the hash, or a glob for all:{List(matches)}")
        {
            IsAmbiguous = true,
        };

    /// <summary>The store path that a path names or lies in, by its text or through symbolic links; null when it is none.</summary>
    private static StorePath? FindStorePath(string storeDirectory, string text)
    {
        if (StorePath.TryParseBaseName(storeDirectory, text, out StorePath? named))
        {
            return named;
        }

        // A link may lead to a store that is mounted elsewhere, so links are followed by text and only as far as the store.
        string? current = Path.GetFullPath(text);
        for (int links = 0; current is not null && links < MostLinks; links++)
        {
            if (Within(storeDirectory, current) is { } path)
            {
                return path;
            }

            current = FollowFirstLink(current);
        }

        return null;
    }

    /// <summary>The path with its first component that is a symbolic link replaced by the link's target; null when none is one.</summary>
    private static string? FollowFirstLink(string path)
    {
        for (int end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
        {
            string prefix = end < 0 ? path : path[..end];
            if (LinkTarget(prefix) is { } target)
            {
                return Path.GetFullPath(target.FullName + path[prefix.Length..]);
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private static StorePath? Within(string storeDirectory, string text)
    {
        if (!text.StartsWith(storeDirectory, StringComparison.Ordinal) || text.Length <= storeDirectory.Length + 1 || text[storeDirectory.Length] != '/')
        {
            return null;
        }

        ReadOnlySpan<char> rest = text.AsSpan(storeDirectory.Length + 1);
        int slash = rest.IndexOf('/');
        return StorePath.TryParseBaseName(storeDirectory, slash < 0 ? rest : rest[..slash], out StorePath? path) ? path : null;
    }

    private static FileSystemInfo? LinkTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static async Task<MessageText> SuggestAsync(IStore store, string text, CancellationToken cancellationToken)
    {
        string wanted = text.Length > StorePathHash.Length && text[StorePathHash.Length] == '-' ? text[(StorePathHash.Length + 1)..] : text;
        List<StorePath> near = [];
        await foreach (StorePath candidate in ListAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (wanted.Length > 0 && (candidate.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || SharesStart(candidate.Name, wanted)))
            {
                near.Add(candidate);
            }
        }

        near.Sort();
        MessageText suggestion = $"";
        if (near.Count > 0)
        {
            suggestion = $" There is:{List(near)}";
        }

        return suggestion;
    }

    private static bool SharesStart(string name, string wanted)
    {
        int dash = wanted.IndexOf('-', StringComparison.Ordinal);
        return dash > 2 && name.StartsWith(wanted[..dash], StringComparison.OrdinalIgnoreCase);
    }

    private static MessageText List(List<StorePath> paths)
    {
        IEnumerable<string> shown = paths.Take(MostSuggestions).Select(path => $"  {path}");
        string[] rest = paths.Count > MostSuggestions ? [$"  and {paths.Count - MostSuggestions} more"] : [];
        return $"\n{MessageText.Lines(shown.Concat(rest))}";
    }
}
