namespace ClosureScan.Testing;

/// <summary>Where the sources of this repository lie, seen from a running test.</summary>
public static class Repository
{
    /// <summary>The folder of ClosureScan.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The whole path of <paramref name="relativePath"/>, which is written with slashes.</summary>
    public static string PathOf(string relativePath) => Path.GetFullPath(relativePath, Root);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ClosureScan.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No ClosureScan.sln in or above {AppContext.BaseDirectory}.");
    }
}
