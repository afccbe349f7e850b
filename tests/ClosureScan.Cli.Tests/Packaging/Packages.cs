using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Packaging;

/// <summary>
/// The packages, made once from what the tests were built from, in a folder of their own. NuGet's cache is a private one: a
/// package of the same version in the user's cache would hide a broken one. Packages of others come from the user's cache, which is
/// taken for a feed: building the tests put there all that they need, and no test waits for a network.
/// </summary>
public sealed class Packages : IDisposable
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? RequiredTool.Find("dotnet");

    private readonly TemporaryTree _tree = new();
    private readonly Dictionary<string, string?> _environment;

    /// <summary>NuGet's cache of the user.</summary>
    public static string UserCache { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs the projects below src/.</summary>
    public Packages()
    {
        _environment = new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = _tree.PathOf("cache"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (string project in (string[])["ClosureScan", "ClosureScan.Stores", "ClosureScan.Analysis", "ClosureScan.Cli"])
        {
            Pack(project, "--no-build", "-c", configuration, "-o", Folder);
        }

        _tree.File("nuget.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="made-here" value="{Folder}" />
                <add key="user-cache" value="{UserCache}" />
              </packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Where the packages lie.</summary>
    public string Folder => _tree.PathOf("packages");

    /// <summary>The tree that <see cref="Run"/> works in.</summary>
    public TemporaryTree Tree => _tree;

    /// <summary>Runs <c>dotnet</c> in the tree, with the private cache.</summary>
    public ToolRun Run(params IEnumerable<string> arguments) => ToolRun.Execute(Dotnet, arguments, _environment, _tree.Root);

    /// <summary>Packs a project below src/; what it needs itself comes from the user's cache.</summary>
    public static void Pack(string project, params IEnumerable<string> options)
    {
        ToolRun run = ToolRun.Execute(Dotnet, ["pack", Repository.PathOf($"src/{project}"), .. options, "-v", "q", "-nodeReuse:false"]);
        Assert.True(run.ExitCode == 0, $"dotnet pack {project}: {run.Text}{run.Error}");
    }

    /// <summary>Removes everything.</summary>
    public void Dispose() => _tree.Dispose();
}
