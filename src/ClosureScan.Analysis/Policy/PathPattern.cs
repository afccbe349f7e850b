using System.Runtime.CompilerServices;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>Matches store paths by name, never by hash.</summary>
internal static class PathPattern
{
    // A policy of thousands of entries asks for the names of a path as often.
    private static readonly ConditionalWeakTable<StorePath, string[]> Names = [];

    /// <summary>
    /// Whether the glob covers the package (<c>curl</c>), the package with its output as findings call it (<c>glibc.dev</c>), either with
    /// the version of its interpreter (<c>python3.12-cffi</c>), or the whole name (<c>glibc-armv7l-unknown-linux-gnueabihf-2.38-dev</c>).
    /// </summary>
    public static bool IsMatch(this GlobPattern pattern, StorePath path)
    {
        foreach (string name in Names.GetValue(path, NamesOf))
        {
            if (pattern.IsMatch(name))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] NamesOf(StorePath path)
    {
        string package = Platforms.StorePathName.Parse(path.Name).PackageName;
        return [.. ((string[])[PackageNames.Of(path), path.Name, package, PackageNames.WithoutInterpreterVersion(package)]).Distinct()];
    }
}
