using ClosureScan.Media;
using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Local;
using ClosureScan.Stores.Metadata;

namespace ClosureScan.Stores;

/// <summary>Opens stores by their URI.</summary>
public static class Store
{
    /// <summary>The URIs that <see cref="OpenAsync"/> knows, one a line, for messages and help.</summary>
    public static string KnownUris => """
          auto                      the local store, or /nix/store alone where it has no database
          local, /nix/store         the local store; local?root=DIR for one below another root (also store=, real=, state=)
          DIR, file://DIR           a binary cache, a store below a root, or a bare directory of store paths
          path-info:FILE.json       what "nix path-info --json" printed; the contents from the store directory (real=DIR: from there; key=NAME: in .attrs.json)
          registration:FILE         a registration, of closureInfo, exportReferencesGraph or nix-store --dump-db (real=DIR)
        """;

    /// <summary>Opens a store for reading.</summary>
    /// <param name="uri">One of <see cref="KnownUris"/>.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="StoreUriException">The URI is of no known kind (the message lists those), or names no store.</exception>
    /// <exception cref="StoreException">The store is there and cannot be read.</exception>
    public static async ValueTask<IStore> OpenAsync(string uri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        StoreUri parsed = StoreUri.Parse(uri);

        // Opening looks at disks.
        return await Task.Run(() => Open(parsed), cancellationToken).ConfigureAwait(false);
    }

    private static IStore Open(StoreUri uri) => uri.Scheme switch
    {
        "auto" => LocalStoreLocation.OpenDefault(uri),
        "local" when uri.Path.Length == 0 => LocalStoreLocation.Open(uri),
        "path-info" or "registration" => MetadataStore.Open(uri),
        "" or "file" => StoreFolder.Open(uri),
        _ => throw new StoreUriException($"ClosureScan cannot read the store \"{uri.Text}\". It knows these:\n{MessageText.Lines(KnownUris.Split('\n'))}"),
    };
}
