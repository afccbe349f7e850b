using ClosureScan.Testing;

namespace ClosureScan.Tests.Platforms;

/// <summary>
/// Small Debian packages of other architectures, which <c>foreign-binaries.sh</c> fetches into the user's cache folder.
/// No test waits for the network: without them a test skips, or fails under <c>CLOSURESCAN_REQUIRE_TOOLS=1</c>.
/// </summary>
internal static class ForeignBinaries
{
    private static readonly string Folder = Path.Combine(TestCache.Folder, "debian");

    /// <summary>The files of the packages whose name, version and architecture match a glob, symbolic links left out.</summary>
    public static IReadOnlyList<string> Files(string packages)
    {
        if (!File.Exists(Path.Combine(Folder, "complete")))
        {
            RequiredTool.Missing($"binaries of other architectures in {Folder}; tests/ClosureScan.Tests/Platforms/foreign-binaries.sh downloads them");
        }

        return [.. Directory.EnumerateDirectories(Folder, packages)
            .SelectMany(package => Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories))
            .Where(file => File.ResolveLinkTarget(file, returnFinalTarget: false) is null)
            .Order(StringComparer.Ordinal)];
    }
}
