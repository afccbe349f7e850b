using System.Runtime.CompilerServices;
using ClosureScan.Paths;
using ClosureScan.Stores.Ssh;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Daemon;

/// <summary>A store behind a Nix daemon: on this machine's socket, or on another machine through ssh.</summary>
internal class DaemonStore : PeerStore<WorkerConnection>, IListableStore, IHashIndex
{
    private const string DefaultSocket = "daemon-socket/socket";

    private DaemonStore(string location, string directory, Func<WorkerConnection> connect, string? contents)
        : base(location, directory, connect, contents)
    {
    }

    /// <summary>Where this machine's daemon listens, by Nix's variables.</summary>
    public static string DefaultSocketPath(string stateDirectory) =>
        Environment.GetEnvironmentVariable("NIX_DAEMON_SOCKET_PATH") is { Length: > 0 } path ? path : Path.Combine(stateDirectory, DefaultSocket);

    /// <summary>Opens the store of a daemon on this machine; its files are read from disk where they lie there.</summary>
    /// <param name="location">Its name in messages.</param>
    /// <param name="socket">The daemon's socket.</param>
    /// <param name="directory">The directory that its paths name.</param>
    /// <param name="contents">Where its files lie.</param>
    /// <exception cref="StoreException">Nobody answers there, or not as expected.</exception>
    public static DaemonStore OpenLocal(string location, string socket, string directory, string? contents)
    {
        StorePathPool paths = new(directory);
        return new DaemonStore(location, directory, () => WorkerConnection.Open(UnixSocketPeer.Connect(socket), paths, location), contents);
    }

    /// <summary>Opens <c>ssh-ng://</c>.</summary>
    /// <exception cref="StoreException">Nobody answers there, or not as expected.</exception>
    public static DaemonStore OpenRemote(StoreUri uri)
    {
        uri.AllowParameters([.. SshTarget.Parameters]);
        SshTarget target = SshTarget.Parse(uri, "nix-daemon");
        string directory = uri.Parameters.GetValueOrDefault("store") ?? StorePath.DefaultStoreDirectory;
        StorePathPool paths = new(directory);
        return new Distant(uri.Text, directory, () => WorkerConnection.Open(SshPeer.Start(target, "--stdio"), paths, uri.Text));
    }

    public ValueTask<StorePath?> FindByHashAsync(StorePathHash hash, CancellationToken cancellationToken = default) =>
        new(Ask(connection => connection.FindByHash(hash), cancellationToken));

    public async IAsyncEnumerable<StorePath> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<StorePath> paths = await Task.Run(() => Ask(connection => connection.List(), cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (StorePath path in paths)
        {
            yield return path;
        }
    }

    /// <summary>One on another machine. A whole closure is asked for at once, and a NAR is a connection.</summary>
    private sealed class Distant(string location, string directory, Func<WorkerConnection> connect) : DaemonStore(location, directory, connect, contents: null), IDistantStore
    {
        public int QueriesAtOnce => 1;

        public int ReadsAtOnce => 1;

        public bool LeavesOff => false;
    }
}
