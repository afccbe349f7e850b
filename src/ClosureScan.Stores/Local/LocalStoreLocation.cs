using ClosureScan.Paths;
using ClosureScan.Stores.Daemon;
using ClosureScan.Stores.Directories;

namespace ClosureScan.Stores.Local;

/// <summary>
/// Where a local store's parts lie, by Nix's own rules (src/libstore/local-fs-store.cc): the parameters <c>root</c>, <c>store</c>,
/// <c>real</c> and <c>state</c>, then the environment variables NIX_STORE_DIR and NIX_STATE_DIR.
/// </summary>
internal static class LocalStoreLocation
{
    private const string DefaultStateDirectory = "/nix/var/nix";

    /// <summary>Opens <c>local?…</c>.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static IStore Open(StoreUri uri)
    {
        uri.AllowParameters("root", "store", "real", "state");
        string? root = uri.Parameters.GetValueOrDefault("root")?.TrimEnd('/');
        string store = uri.Parameters.GetValueOrDefault("store") ?? DefaultStoreDirectory;
        string real = uri.Parameters.GetValueOrDefault("real") ?? (root is null ? store : root + StorePath.DefaultStoreDirectory);
        string state = uri.Parameters.GetValueOrDefault("state") ?? (root is null ? StateDirectory : root + DefaultStateDirectory);
        return new LocalStore(uri.Text, store, real, Path.Combine(state, "db"));
    }

    /// <summary>
    /// Opens the store of this machine: by its database, or by its daemon where the database is another user's; its directory alone where
    /// there is neither, as inside a build's sandbox.
    /// </summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static IStore OpenDefault(StoreUri uri)
    {
        uri.AllowParameters();
        string database = Path.Combine(StateDirectory, "db");
        string file = Path.Combine(database, "db.sqlite");
        string socket = DaemonStore.DefaultSocketPath(StateDirectory);
        if (File.Exists(file))
        {
            try
            {
                return new LocalStore(DefaultStoreDirectory, DefaultStoreDirectory, DefaultStoreDirectory, database);
            }
            catch (StoreException) when (File.Exists(socket))
            {
                // It, or a log beside it, is another user's: the daemon may read it.
            }
        }

        return File.Exists(socket)
            ? DaemonStore.OpenLocal("daemon", socket, DefaultStoreDirectory, DefaultStoreDirectory)
            : DirectoryStore.TryOpen(DefaultStoreDirectory, DefaultStoreDirectory, DefaultStoreDirectory)
                ?? throw new StoreException($"This machine has no Nix store: no database in {database} and no paths in {DefaultStoreDirectory}. Name another store with --store.");
    }

    /// <summary>Opens <c>daemon</c> or <c>unix://SOCKET</c>. Its files lie in the store directory, or where <c>real</c> or <c>root</c> say.</summary>
    /// <exception cref="StoreException">No daemon answers.</exception>
    public static IStore OpenDaemon(StoreUri uri)
    {
        uri.AllowParameters("root", "store", "real", "state");
        string? root = uri.Parameters.GetValueOrDefault("root")?.TrimEnd('/');
        string store = uri.Parameters.GetValueOrDefault("store") ?? DefaultStoreDirectory;
        string real = uri.Parameters.GetValueOrDefault("real") ?? (root is null ? store : root + StorePath.DefaultStoreDirectory);
        string state = uri.Parameters.GetValueOrDefault("state") ?? (root is null ? StateDirectory : root + DefaultStateDirectory);
        return DaemonStore.OpenLocal(uri.Text, uri.Path.Length > 0 ? uri.Path : DaemonStore.DefaultSocketPath(state), store, real);
    }

    /// <summary>The store below <paramref name="root"/>; null when there is no database.</summary>
    public static IStore? TryOpenRoot(string location, string root)
    {
        string database = root.TrimEnd('/') + DefaultStateDirectory + "/db";
        return File.Exists(Path.Combine(database, "db.sqlite"))
            ? new LocalStore(location, StorePath.DefaultStoreDirectory, root.TrimEnd('/') + StorePath.DefaultStoreDirectory, database)
            : null;
    }

    /// <summary>The directory that paths of this machine's store lie in.</summary>
    public static string DefaultStoreDirectory =>
        Environment.GetEnvironmentVariable("NIX_STORE_DIR") is { Length: > 0 } directory ? directory.TrimEnd('/') : StorePath.DefaultStoreDirectory;

    private static string StateDirectory =>
        Environment.GetEnvironmentVariable("NIX_STATE_DIR") is { Length: > 0 } directory ? directory : DefaultStateDirectory;
}
