namespace ClosureScan.Testing;

/// <summary>Where scripts put what tests need and a repository should not hold: downloads, and what takes long to make.</summary>
public static class TestCache
{
    /// <summary><c>closurescan-tests</c> in the user's cache folder.</summary>
    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "closurescan-tests");
}
