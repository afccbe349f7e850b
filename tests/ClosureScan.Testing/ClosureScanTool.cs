namespace ClosureScan.Testing;

/// <summary>Runs the tool as a user does: another process, from the repository's folder, with what it prints kept apart.</summary>
public static class ClosureScanTool
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll");

    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs <c>closurescan</c> with these arguments to its end. The calling test project must refer to the tool's.</summary>
    public static ToolRun Run(params IEnumerable<string> arguments) => ToolRun.Execute(Host, [Assembly, .. arguments], CleanEnvironment, Repository.Root);

    /// <summary>Runs a script of bash, in the repository's folder, in which <c>"$@"</c> is the tool with these arguments.</summary>
    public static ToolRun RunInShell(string script, params IEnumerable<string> arguments) =>
        ToolRun.Execute(RequiredTool.Find("bash"), ["-c", script, "bash", Host, Assembly, .. arguments], CleanEnvironment, Repository.Root);

    // What the developer's shell says of colours and kernels must not change what a test sees.
    private static readonly Dictionary<string, string?> CleanEnvironment = new()
    {
        ["NO_COLOR"] = null,
        ["FORCE_COLOR"] = null,
        ["CLOSURESCAN_KERNEL"] = null,
    };
}
