using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>A PostgreSQL and a RabbitMQ, started once for all tests that need both.</summary>
public sealed class Services : IDisposable
{
    private readonly TemporaryTree _tree = new();
    private readonly Lazy<PostgresServer> _postgres;
    private readonly Lazy<RabbitServer> _rabbit;
    private int _databases;

    public Services()
    {
        _postgres = new(() => PostgresServer.Start(_tree.PathOf(".")));
        _rabbit = new(() => RabbitServer.Start(_tree.PathOf(".")));
    }

    public PostgresServer Postgres => _postgres.Value;

    public RabbitServer Rabbit => _rabbit.Value;

    /// <summary>The address of a database that nobody has used.</summary>
    public string NewDatabase()
    {
        string name = $"ledger{Interlocked.Increment(ref _databases)}";
        using Npgsql.NpgsqlConnection connection = new($"Host=127.0.0.1;Port={new Uri(Postgres.Uri).Port};Username=closurescan;Database=postgres;Pooling=false");
        connection.Open();
        using Npgsql.NpgsqlCommand command = new($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return Postgres.Uri.Replace("/postgres", $"/{name}", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_rabbit.IsValueCreated)
        {
            _rabbit.Value.Dispose();
        }

        if (_postgres.IsValueCreated)
        {
            _postgres.Value.Dispose();
        }

        _tree.Dispose();
    }
}
