using System.Diagnostics;

namespace ClosureScan.Testing;

/// <summary>A real PostgreSQL of Debian on a free port of this machine, with a data folder of its own. It can be killed and started again. Dispose it to stop it.</summary>
public sealed class PostgresServer : IDisposable
{
    // Of a superuser it refuses to be run.
    private static readonly string[] AsItself = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly ServerProcess _server;

    private PostgresServer(ServerProcess server) => _server = server;

    /// <summary>The address of its database.</summary>
    public string Uri => $"postgres://closurescan@127.0.0.1:{_server.Port}/postgres";

    /// <summary>Makes a data folder and starts.</summary>
    /// <param name="folder">An empty folder.</param>
    public static PostgresServer Start(string folder)
    {
        string programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderBy(version => version.Length).ThenBy(version => version, StringComparer.Ordinal).Last() + "/bin"
            : "";
        if (!File.Exists(programs + "/postgres"))
        {
            RequiredTool.Missing("the program postgres (postgresql)");
        }

        string data = Path.Combine(folder, "postgres");
        Directory.CreateDirectory(data);
        if (AsItself.Length > 0)
        {
            ToolRun.Execute("/bin/chmod", ["711", folder]);
            ToolRun.Execute("/bin/chown", ["postgres", data]);
        }

        ToolRun made = ToolRun.Execute("/usr/bin/env", [.. AsItself, $"{programs}/initdb", "-D", data, "-A", "trust", "-U", "closurescan", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        if (made.ExitCode != 0)
        {
            throw new InvalidOperationException(made.Error);
        }

        return new PostgresServer(ServerProcess.Start(port => [.. AsItself, $"{programs}/postgres", "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=50"]));
    }

    /// <summary>Kills it with all its processes, and starts it on the same data.</summary>
    public void KillAndRestart() => _server.KillAndRestart();

    /// <summary>Kills it.</summary>
    public void Dispose() => _server.Dispose();
}
