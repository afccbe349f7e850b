using ClosureScan.Paths;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Ssh;

/// <summary>A store on another machine, by its <c>nix-store --serve</c>: <c>ssh://</c>.</summary>
internal sealed class ServeStore : PeerStore<ServeConnection>, IDistantStore
{
    private ServeStore(string location, string directory, Func<ServeConnection> connect)
        : base(location, directory, connect, contents: null)
    {
    }

    public int QueriesAtOnce => 1;

    public int ReadsAtOnce => 1;

    public bool LeavesOff => false;

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">Nobody answers there, or not as expected.</exception>
    public static IStore Open(StoreUri uri)
    {
        uri.AllowParameters([.. SshTarget.Parameters]);
        SshTarget target = SshTarget.Parse(uri, "nix-store");
        string directory = uri.Parameters.GetValueOrDefault("store") ?? StorePath.DefaultStoreDirectory;
        StorePathPool paths = new(directory);
        return new ServeStore(uri.Text, directory, () => ServeConnection.Open(SshPeer.Start(target, "--serve"), paths, uri.Text));
    }
}
