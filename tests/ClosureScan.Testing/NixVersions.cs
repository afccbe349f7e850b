namespace ClosureScan.Testing;

/// <summary>The Nixes that tests of protocols and dialects speak with: the machine's own, and the newest that newer-nix.sh fetched.</summary>
public static class NixVersions
{
    /// <summary>The machine's own.</summary>
    public const string Own = "own";

    /// <summary>The newest of Debian.</summary>
    public const string Newer = "newer";

    /// <summary>A program of one of them. Skips or fails the test where it is missing.</summary>
    /// <param name="version"><see cref="Own"/> or <see cref="Newer"/>.</param>
    /// <param name="program">nix, nix-store, nix-daemon, …</param>
    public static string Find(string version, string program)
    {
        if (version == Own)
        {
            return RequiredTool.Find(program);
        }

        string path = Path.Combine(TestCache.Folder, "newer-nix", "bin", program);
        if (!File.Exists(path))
        {
            RequiredTool.Missing($"{path}; tests/ClosureScan.Testing/newer-nix.sh fetches it");
        }

        return path;
    }
}
