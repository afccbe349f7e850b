using System.Net.Sockets;

namespace ClosureScan.Testing;

/// <summary>A real RabbitMQ of Debian on free ports of this machine, with a data folder of its own. It can be killed and started again. Dispose it to stop it.</summary>
public sealed class RabbitServer : IDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly ServerProcess _server;
    private readonly int _directory;

    private RabbitServer(ServerProcess server, int directory)
    {
        _server = server;
        _directory = directory;
    }

    /// <summary>Its address, with a heartbeat of two seconds: who stops for longer is taken for gone.</summary>
    public string Uri => $"amqp://guest:guest@127.0.0.1:{_server.Port}/?heartbeat=2";

    /// <summary>Starts.</summary>
    /// <param name="folder">An empty folder.</param>
    public static RabbitServer Start(string folder)
    {
        if (!File.Exists(Program))
        {
            RequiredTool.Missing("the program rabbitmq-server (rabbitmq-server)");
        }

        string home = Path.Combine(folder, "rabbit");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "plugins"), "[].\n");
        int directory = ServerProcess.FreePort();
        int distribution = ServerProcess.FreePort();
        ServerProcess server = ServerProcess.Start(port =>
        [
            $"HOME={home}", $"RABBITMQ_NODENAME=closurescan{port}@localhost", $"RABBITMQ_NODE_PORT={port}", "RABBITMQ_NODE_IP_ADDRESS=127.0.0.1", $"RABBITMQ_DIST_PORT={distribution}",
            $"RABBITMQ_MNESIA_BASE={home}/data", $"RABBITMQ_LOG_BASE={home}/log", $"RABBITMQ_ENABLED_PLUGINS_FILE={home}/plugins", $"RABBITMQ_CONFIG_FILE={home}/none", $"RABBITMQ_CONF_ENV_FILE={home}/none",
            $"RABBITMQ_PID_FILE={home}/pid", $"ERL_EPMD_PORT={directory}", "ERL_EPMD_ADDRESS=127.0.0.1", "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+S 2:2 +sbwt none", Program,
        ]);
        return new RabbitServer(server, directory);
    }

    /// <summary>Kills it, and starts it on the same data.</summary>
    public void KillAndRestart() => _server.KillAndRestart();

    /// <summary>Kills it, and the directory of names that it started.</summary>
    public void Dispose()
    {
        _server.Dispose();
        string? epmd = Directory.Exists("/usr/lib/erlang") ? Directory.EnumerateFiles("/usr/lib/erlang", "epmd", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (epmd is not null)
        {
            ToolRun.Execute(epmd, ["-port", $"{_directory}", "-kill"]);
        }
    }
}
