using ClosureScan.Paths;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Ssh;

/// <summary>A store on another machine, by its <c>nix-store --serve</c>: <c>ssh://</c>.</summary>
internal static class ServeStore
{
    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">Nobody answers there, or not as expected.</exception>
    public static IStore Open(StoreUri uri)
    {
        uri.AllowParameters([.. SshTarget.Parameters]);
        SshTarget target = SshTarget.Parse(uri, "nix-store");
        string directory = uri.Parameters.GetValueOrDefault("store") ?? StorePath.DefaultStoreDirectory;
        StorePathPool paths = new(directory);
        return new PeerStore<ServeConnection>(
            uri.Text, directory, () => ServeConnection.Open(SshPeer.Start(target, "--serve"), paths, uri.Text), contents: null);
    }
}
