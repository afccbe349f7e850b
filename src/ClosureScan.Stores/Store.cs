using ClosureScan.Media;
using ClosureScan.Stores.Configuration;
using ClosureScan.Stores.Daemon;
using ClosureScan.Stores.Export;
using ClosureScan.Stores.Http;
using ClosureScan.Stores.Images;
using ClosureScan.Stores.Local;
using ClosureScan.Stores.Metadata;
using ClosureScan.Stores.Ssh;

namespace ClosureScan.Stores;

/// <summary>Opens stores by their URI.</summary>
public static class Store
{
    /// <summary>The URIs that can be opened, and what each means.</summary>
    internal static IReadOnlyList<(string Uri, string Meaning)> Kinds { get; } =
    [
        ("auto", "the store that nix.conf or NIX_REMOTE name, or else the local one: by its database, by its daemon where that is another user's, or /nix/store alone"),
        ("local, /nix/store", "the local store; local?root=DIR for one below another root (also store=, real=, state=)"),
        ("daemon, unix://SOCKET", "the local store by its daemon; the files from the store directory where they lie there (real=DIR)"),
        ("DIR, file://DIR", "a binary cache, a store below a root, or a bare directory of store paths"),
        ("https://HOST, http://HOST", "a binary cache behind a server (http-connections=N: how many requests at once)"),
        ("s3://BUCKET", "a binary cache in a bucket (region=, endpoint=, profile=, addressing-style=, requester-pays=true)"),
        ("ssh://HOST, ssh-ng://HOST", "the store of another machine, by the nix-store or the nix-daemon there (remote-store=, remote-program=, ssh-key=)"),
        ("export:FILE, export:-", "what \"nix-store --export\" wrote"),
        ("image:FILE", "the store in an image: of a disk, a docker or OCI archive, a squashfs, an initial RAM disk, compressed or not (store=DIR)"),
        ("path-info:FILE", "what \"nix path-info --json\" printed; the contents from the store directory (real=DIR: from there; key=NAME: in .attrs.json)"),
        ("registration:FILE", "a registration, of closureInfo, exportReferencesGraph or nix-store --dump-db (real=DIR)"),
    ];

    /// <summary><see cref="Kinds"/> as text, one a line, for messages.</summary>
    internal static string KnownUris { get; } = string.Join('\n', Kinds.Select(kind => $"  {kind.Uri,-26}{kind.Meaning}"));

    /// <summary>The caches that Nix is configured to take paths from, in their order.</summary>
    internal static IReadOnlyList<string> Substituters => [.. NixConfiguration.Load().List("substituters", "https://cache.nixos.org")];

    /// <summary>Whether a store, or one of several, lies behind a network.</summary>
    internal static bool IsDistant(IStore store) => store is IDistantStore;

    /// <summary>
    /// Whether a store, or one of several, lies behind a network and lets its contents be read in part: a first look (<see cref="ScanDepth.Suspects"/>) then
    /// spares most of what would have to be fetched.
    /// </summary>
    internal static bool SuitsFirstLook(IStore store) => store is IDistantStore { LeavesOff: true };

    /// <summary>Bytes that came over the network so far; 0 for what lies on this machine.</summary>
    internal static long BytesFetched(IStore store) => (store as IDistantStore)?.BytesFetched ?? 0;

    /// <summary>Opens a store for reading.</summary>
    /// <param name="uri">One of <see cref="KnownUris"/>.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="StoreUriException">The URI is of no known kind (the message lists those), or names no store.</exception>
    /// <exception cref="StoreException">The store is there and cannot be read.</exception>
    public static ValueTask<IStore> OpenAsync(string uri, CancellationToken cancellationToken = default) =>
        OpenAsync([uri], StoreOptions.Default, cancellationToken);

    /// <summary>Opens stores for reading, which are asked for each path in their order: the caches that a closure is spread over.</summary>
    /// <param name="uris">At least one of <see cref="KnownUris"/>.</param>
    /// <param name="options">How they are opened.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">There is no URI.</exception>
    /// <exception cref="StoreUriException">A URI is of no known kind (the message lists those), names no store, or one of another store directory.</exception>
    /// <exception cref="StoreException">A store is there and cannot be read.</exception>
    public static async ValueTask<IStore> OpenAsync(IReadOnlyList<string> uris, StoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uris);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(uris.Count, nameof(uris));
        List<IStore> stores = [];
        try
        {
            foreach (string uri in uris)
            {
                ArgumentNullException.ThrowIfNull(uri, nameof(uris));
                stores.Add(await OpenAsync(StoreUri.Parse(uri), options, cancellationToken).ConfigureAwait(false));
            }

            return stores.Count == 1 ? stores[0] : OrderedStores.Of([.. stores]);
        }
        catch
        {
            foreach (IStore store in stores)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private static async ValueTask<IStore> OpenAsync(StoreUri uri, StoreOptions options, CancellationToken cancellationToken) => uri.Scheme switch
    {
        "auto" when FindConfigured() is { } configured => await OpenAsync(StoreUri.Parse(configured), options, cancellationToken).ConfigureAwait(false),
        "http" or "https" or "s3" => await HttpCacheStore.OpenAsync(uri, options, cancellationToken).ConfigureAwait(false),
        "export" => await ExportStore.OpenAsync(uri, cancellationToken).ConfigureAwait(false),

        "image" => await Task.Run(() => ImageStore.Open(uri, cancellationToken), cancellationToken).ConfigureAwait(false),

        // Opening looks at disks, and waits for daemons.
        _ => await Task.Run(() => Open(uri), cancellationToken).ConfigureAwait(false),
    };

    /// <summary>
    /// The store that Nix would use where none is named: <c>store</c> in its configuration, or else NIX_REMOTE; null for this machine's own,
    /// which is read by its database where that can be, also where Nix goes through the daemon.
    /// </summary>
    private static string? FindConfigured()
    {
        string? named = NixConfiguration.Load().Find("store") ?? Environment.GetEnvironmentVariable("NIX_REMOTE");
        return named is null or "" or "auto" or "local" or "daemon" ? null : named;
    }

    private static IStore Open(StoreUri uri) => uri.Scheme switch
    {
        "auto" => LocalStoreLocation.OpenDefault(uri),
        "local" when uri.Path.Length == 0 => LocalStoreLocation.Open(uri),
        "daemon" when uri.Path.Length == 0 => LocalStoreLocation.OpenDaemon(uri),
        "unix" => LocalStoreLocation.OpenDaemon(uri),
        "ssh" => ServeStore.Open(uri),
        "ssh-ng" => DaemonStore.OpenRemote(uri),
        "path-info" or "registration" => MetadataStore.Open(uri),
        "" or "file" => StoreFolder.Open(uri),
        _ => throw new StoreUriException($"ClosureScan cannot read the store \"{uri.Text}\". It knows these:\n{MessageText.Lines(KnownUris.Split('\n'))}"),
    };
}
