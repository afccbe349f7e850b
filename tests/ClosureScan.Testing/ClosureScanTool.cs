namespace ClosureScan.Testing;

/// <summary>
/// Runs the tool from the repository's folder with what it prints kept apart: as a user does, in another process, or, where the test project
/// brings a way to do that, in the process of the test.
/// </summary>
public static class ClosureScanTool
{
    /// <summary>Runs the tool without another process; null where a test project has no such way.</summary>
    public static Func<string[], ToolRun>? InProcess { get; set; }

    /// <summary>The variable that names a native program, which is then run instead: the same tests see what its users have.</summary>
    public const string ProgramVariable = "CLOSURESCAN_TEST_TOOL";

    private static readonly string? Program = Environment.GetEnvironmentVariable(ProgramVariable);

    private static readonly string[] Call = Program is null
        ? [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll")]
        : [Program];

    /// <summary>Whether <see cref="Run"/> starts another process.</summary>
    public static bool IsProcess => InProcess is null || Program is not null;

    /// <summary>
    /// Runs <c>closurescan</c> with these arguments to its end, in this process if it can. The calling test project must refer to the tool's.
    /// </summary>
    public static ToolRun Run(params IEnumerable<string> arguments) => IsProcess ? RunProcess(arguments) : InProcess!([.. arguments]);

    /// <summary>Runs <c>closurescan</c> as a user does, for what only a process has: its exit, its descriptors, its peak memory.</summary>
    public static ToolRun RunProcess(params IEnumerable<string> arguments) => RunWith(CleanEnvironment, null, arguments);

    /// <summary>Runs a script of bash, in the repository's folder, in which <c>"$@"</c> is the tool with these arguments.</summary>
    public static ToolRun RunInShell(string script, params IEnumerable<string> arguments) => RunWith(CleanEnvironment, script, arguments);

    /// <summary>Runs the tool as another process with more variables, through a script of bash where one is given; see <see cref="RunInShell"/>.</summary>
    public static ToolRun RunWith(IReadOnlyDictionary<string, string?> variables, string? script, params IEnumerable<string> arguments) => script is null
        ? ToolRun.Execute(Call[0], [.. Call[1..], .. arguments], variables, Repository.Root)
        : ToolRun.Execute(RequiredTool.Find("bash"), ["-c", script, "bash", .. Call, .. arguments], variables, Repository.Root);

    // What the developer's shell says of colours and kernels must not change what a test sees.
    private static readonly Dictionary<string, string?> CleanEnvironment = new()
    {
        ["NO_COLOR"] = null,
        ["FORCE_COLOR"] = null,
        ["CLOSURESCAN_KERNEL"] = null,
    };
}
