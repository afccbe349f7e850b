using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>A server that says to everybody what a test tells it to, whatever it is asked, and hangs up.</summary>
internal sealed class HostilePeer : IDisposable
{
    private readonly Socket _socket;
    private readonly Func<string, byte[]> _answer;

    private HostilePeer(Socket socket, EndPoint address, Func<string, byte[]> answer)
    {
        _socket = socket;
        _answer = answer;
        _socket.Bind(address);
        _socket.Listen();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The port of a server of the network.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>A server of HTTP, on this machine alone.</summary>
    /// <param name="answer">What it answers to a request, by its first line.</param>
    public static HostilePeer OfNetwork(Func<string, string> answer) =>
        new(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, 0), request => Encoding.UTF8.GetBytes(answer(request)));

    /// <summary>A daemon behind a socket of Unix.</summary>
    public static HostilePeer OfUnix(string path, byte[] said) =>
        new(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path), _ => said);

    /// <summary>A number as Nix's daemon writes it.</summary>
    public static byte[] Number(ulong number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        return bytes;
    }

    /// <summary>A text as Nix's daemon writes it.</summary>
    public static byte[] Words(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number((ulong)bytes.Length), .. bytes, .. new byte[-bytes.Length & 7]];
    }

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using Socket peer = await _socket.AcceptAsync();
                int count = await peer.ReceiveAsync(buffer);
                await peer.SendAsync(_answer(Encoding.UTF8.GetString(buffer, 0, count).Split('\r')[0]));
                peer.Shutdown(SocketShutdown.Send);

                // A connection that is closed with something unread is reset, and what was said may be lost.
                while (await peer.ReceiveAsync(buffer) > 0)
                {
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
