using ClosureScan.Testing;

namespace ClosureScan.Tests.Platforms;

/// <summary>
/// Small Debian packages of other architectures, fetched once by <c>foreign-binaries.sh</c> into the user's cache folder.
/// No test waits for the network unasked: without them a test skips, and <c>CLOSURESCAN_REQUIRE_TOOLS=1</c> has them fetched.
/// </summary>
internal static class ForeignBinaries
{
    private static readonly string Folder = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "closurescan-tests",
        "debian");

    private static readonly Lazy<string?> Problem = new(Prepare);

    /// <summary>The files of the packages whose name, version and architecture match a glob, symbolic links left out.</summary>
    public static IReadOnlyList<string> Files(string packages)
    {
        if (Problem.Value is { } problem)
        {
            RequiredTool.Missing(problem);
        }

        return [.. Directory.EnumerateDirectories(Folder, packages)
            .SelectMany(package => Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories))
            .Where(file => File.ResolveLinkTarget(file, returnFinalTarget: false) is null)
            .Order(StringComparer.Ordinal)];
    }

    private static string? Prepare()
    {
        if (File.Exists(Path.Combine(Folder, "complete")))
        {
            return null;
        }

        string script = Repository.PathOf("tests/ClosureScan.Tests/Platforms/foreign-binaries.sh");
        string need = $"binaries of other architectures (fetch them with {script} {Folder})";
        if (!RequiredTool.IsStrict)
        {
            return need;
        }

        ToolRun run = ToolRun.Execute("/bin/sh", [script, Folder]);
        return run.ExitCode == 0 ? null : $"{need}: {run.Error}";
    }
}
