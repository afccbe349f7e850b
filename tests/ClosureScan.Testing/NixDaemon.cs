using System.Diagnostics;
using System.Net.Sockets;

namespace ClosureScan.Testing;

/// <summary>A real Nix daemon over this machine's store, on a socket of its own. Dispose it to stop it.</summary>
public sealed class NixDaemon : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _folder;

    private NixDaemon(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Where it listens.</summary>
    public string Socket => Path.Combine(_folder, "socket");

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="nix">Whose configuration it gets.</param>
    /// <param name="program">The daemon's program; see <see cref="NixVersions"/>.</param>
    public static NixDaemon Start(RealNix nix, string program)
    {
        ArgumentNullException.ThrowIfNull(nix);

        // A socket's path has at most 107 bytes.
        string folder = Directory.CreateTempSubdirectory("nixd-").FullName;
        ProcessStartInfo start = new(program) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach ((string name, string? value) in nix.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["NIX_DAEMON_SOCKET_PATH"] = Path.Combine(folder, "socket");
        NixDaemon daemon = new(Process.Start(start)!, folder);
        daemon._process.BeginErrorReadLine();
        daemon._process.BeginOutputReadLine();
        long began = Stopwatch.GetTimestamp();
        while (!Listens(daemon.Socket))
        {
            if (daemon._process.HasExited || Stopwatch.GetElapsedTime(began) > LongestStart)
            {
                daemon.Dispose();
                throw new InvalidOperationException($"{program} does not listen.");
            }

            Thread.Sleep(10);
        }

        return daemon;
    }

    /// <summary>Whether somebody answers: a socket is there a moment before.</summary>
    private static bool Listens(string socket)
    {
        try
        {
            using System.Net.Sockets.Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
