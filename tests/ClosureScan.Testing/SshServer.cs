using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ClosureScan.Testing;

/// <summary>A real OpenSSH server on a free port of this machine, which lets in whoever has its key. Dispose it to stop it.</summary>
public sealed class SshServer : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private SshServer(Process process, int port, string options)
    {
        _process = process;
        Port = port;
        Options = options;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What a client has to say to <c>ssh</c>, in one line.</summary>
    public string Options { get; }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="folder">An empty folder for its keys.</param>
    public static SshServer Start(string folder)
    {
        string program = RequiredTool.TryFind("sshd") ?? "/usr/sbin/sshd";
        if (!File.Exists(program))
        {
            RequiredTool.Missing("the program sshd (openssh-server)");
        }

        string keygen = RequiredTool.Find("ssh-keygen");
        foreach (string key in (string[])["host", "user"])
        {
            ToolRun made = ToolRun.Execute(keygen, ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key)]);
            if (made.ExitCode != 0)
            {
                throw new InvalidOperationException(made.Error);
            }
        }

        // Where the server puts itself away from what it serves; an installed one makes it at its start.
        Directory.CreateDirectory("/run/sshd");
        int port = FreePort();
        File.Copy(Path.Combine(folder, "user.pub"), Path.Combine(folder, "authorized"));
        File.WriteAllText(Path.Combine(folder, "known"), $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "host.pub"))}");
        File.WriteAllText(Path.Combine(folder, "config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/authorized
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes

            """);
        ProcessStartInfo start = new(program, ["-D", "-e", "-f", Path.Combine(folder, "config")]) { RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        SshServer server = new(process, port, $"-F /dev/null -i {folder}/user -o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=yes -o BatchMode=yes");
        server.WaitUntilItListens();
        return server;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntilItListens()
    {
        for (long began = Stopwatch.GetTimestamp(); ; Thread.Sleep(20))
        {
            try
            {
                using TcpClient client = new();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < LongestStart)
            {
            }
        }
    }
}
