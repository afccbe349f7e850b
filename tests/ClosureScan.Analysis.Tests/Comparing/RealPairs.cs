using ClosureScan.Analysis.Comparing;
using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Tests.Comparing;

/// <summary>
/// Packages of Debian, cross-built and native, by tests/cross-native/build-pairs.sh, which CI runs first. A test skips with the reason
/// where they are not built, and fails in CI.
/// </summary>
internal static class RealPairs
{
    /// <summary>The run paths of the library that is linked three times.</summary>
    public const string CrossPath = "/nix/store/1b9zz3jm8n3kkqgskfnxd8wkbcs3kr7p-jansson-armv7l-unknown-linux-gnueabihf-2.14";

    private static readonly string Folder = Environment.GetEnvironmentVariable("CLOSURESCAN_PAIRS")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "closurescan-tests/pairs");

    /// <summary>Compares the trees of two builds as one package's.</summary>
    public static async Task<PathPair> CompareAsync(string cross, string native, string? crossPath = null, string? nativePath = null, bool withNativeLog = true)
    {
        ComparedClosure left = Side(cross, crossPath ?? "/nix/store/9w0sp7fqbsgmwbkwhrxksm8bggwyw5d8-thing-armv7l-unknown-linux-gnueabihf-1.0");
        ComparedClosure right = Side(native, nativePath ?? "/nix/store/q5qp5f4yv8ihsr7d4vwpc5n8pzq0qkvl-thing-1.0");
        ComparisonOptions options = new() { CrossLog = _ => Log(cross), NativeLog = _ => withNativeLog ? Log(native) : null };
        return Assert.Single((await ClosureComparison.RunAsync(left, right, options)).Pairs);
    }

    /// <summary>A file of a build.</summary>
    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Find(file.Split('/')[0]), file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]));

    private static ComparedClosure Side(string build, string storePath)
    {
        string folder = Find(build);
        StorePath path = StorePath.Parse(storePath);
        return new ComparedClosure
        {
            Store = new FolderStore(folder),
            Roots = [path],
            Paths = [new PathInfo { Path = path, References = [path] }],
        };
    }

    /// <summary>A store of one path, whose tree lies anywhere.</summary>
    private sealed class FolderStore(string folder) : IStore
    {
        public string Directory => StorePath.DefaultStoreDirectory;

        public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => new(new PathInfo { Path = path });

        public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) => new(StoreContents.OnDisk(folder));
    }

    private static string? Log(string build) => Path.Combine(Folder, $"{build}.log") is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private static string Find(string build)
    {
        string folder = Path.Combine(Folder, build);
        string skipped = Path.Combine(Folder, "skipped");
        if (!Directory.Exists(folder))
        {
            RequiredTool.Missing(File.Exists(skipped)
                ? $"pairs of builds: {File.ReadAllText(skipped).Trim()}"
                : "the pairs of tests/cross-native/build-pairs.sh, which has not run");
        }

        return folder;
    }
}
