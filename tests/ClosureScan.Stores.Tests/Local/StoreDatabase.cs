using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Tests.Local;

/// <summary>Writes into the database of a store below another root, as the daemon does.</summary>
internal static class StoreDatabase
{
    /// <summary>Where it lies.</summary>
    public static string FileOf(string root) => root + "/nix/var/nix/db/db.sqlite";

    /// <summary>Opens it with a write-ahead log that is never written back.</summary>
    public static SqliteConnection OpenWriter(string root)
    {
        SqliteConnection connection = new($"Data Source={FileOf(root)};Pooling=False");
        connection.Open();
        Execute(connection, "pragma journal_mode = wal; pragma wal_autocheckpoint = 0");
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
