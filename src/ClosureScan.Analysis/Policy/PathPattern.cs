using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Policy;

/// <summary>Matches store paths by name, never by hash.</summary>
internal static class PathPattern
{
    /// <summary>
    /// Whether the glob covers the package (<c>curl</c>), the package with its output as findings call it
    /// (<c>glibc.dev</c>), or the whole name (<c>glibc-armv7l-unknown-linux-gnueabihf-2.38-dev</c>).
    /// </summary>
    public static bool IsMatch(this GlobPattern pattern, StorePath path)
    {
        string name = LeakKey.Name(path);
        return pattern.IsMatch(name)
            || pattern.IsMatch(path.Name)
            || pattern.IsMatch(Platforms.StorePathName.Parse(path.Name).PackageName);
    }
}
