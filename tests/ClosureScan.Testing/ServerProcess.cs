using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ClosureScan.Testing;

/// <summary>A program that listens on a port of this machine. It can be killed and started again. Dispose it to kill it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private readonly Func<int, string[]> _command;
    private Process _process;

    private ServerProcess(Func<int, string[]> command, int port)
    {
        _command = command;
        Port = port;
        _process = Launch();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="command">The call for a port, as <c>env</c> takes it.</param>
    public static ServerProcess Start(Func<int, string[]> command)
    {
        ServerProcess server = new(command, FreePort());
        server.WaitUntilItListens();
        return server;
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Kills it with all processes that it started, and starts it again; returns before it listens.</summary>
    public void KillAndRestart()
    {
        Dispose();
        _process = Launch();
    }

    /// <summary>Waits until it takes connections.</summary>
    public void WaitUntilItListens()
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using TcpClient client = new("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                if (clock.Elapsed > LongestStart)
                {
                    Dispose();
                    throw new InvalidOperationException($"{_command(Port)[^1]} does not listen within {LongestStart.TotalSeconds} s.");
                }

                if (_process.HasExited)
                {
                    _process = Launch();
                }

                Thread.Sleep(100);
            }
        }
    }

    /// <summary>Kills it.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Launch()
    {
        Process process = Process.Start(new ProcessStartInfo("/usr/bin/env", _command(Port)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
