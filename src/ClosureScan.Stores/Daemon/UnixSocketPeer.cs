using System.Net.Sockets;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Daemon;

/// <summary>A daemon's socket on this machine.</summary>
internal sealed class UnixSocketPeer : IPeer
{
    private readonly NetworkStream _stream;

    private UnixSocketPeer(NetworkStream stream) => _stream = stream;

    public Stream Input => _stream;

    public Stream Output => _stream;

    public string? LastWords => null;

    /// <summary>Connects.</summary>
    /// <exception cref="StoreException">Nobody listens there.</exception>
    public static UnixSocketPeer Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new UnixSocketPeer(new NetworkStream(socket, ownsSocket: true));
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new StoreException($"No Nix daemon answers at {path}: {exception.Message} Start it (systemctl start nix-daemon), or name its socket in NIX_DAEMON_SOCKET_PATH.", exception);
        }
    }

    public void Dispose() => _stream.Dispose();
}
