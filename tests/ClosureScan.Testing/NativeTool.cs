namespace ClosureScan.Testing;

/// <summary>
/// The tool as one native program, as users have it. <c>native-tool.sh</c> compiles it, which takes too long for a test; without
/// it, or after a change of the sources, a test that asks for it is skipped, or fails under <c>CLOSURESCAN_REQUIRE_TOOLS=1</c>.
/// </summary>
public static class NativeTool
{
    /// <summary>The program.</summary>
    public static string Path => System.IO.Path.Combine(Folder(), "closurescan");

    /// <summary>The program where it was compiled from these sources, for a test that runs another where it was not; else null.</summary>
    public static string? PathIfAny { get; } = FindProgram();

    private static string Publish => System.IO.Path.Combine(TestCache.Folder, "native/publish");

    /// <summary>The folder that holds the program <c>closurescan</c> and nothing else.</summary>
    public static string Folder()
    {
        if (FindProgram() is null)
        {
            RequiredTool.Missing($"a native program in {Publish} that is newer than the sources; tests/ClosureScan.Testing/native-tool.sh compiles it");
        }

        return Publish;
    }

    private static string? FindProgram()
    {
        FileInfo program = new(System.IO.Path.Combine(Publish, "closurescan"));
        DateTime newest = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Max(File.GetLastWriteTimeUtc);
        return program.Exists && program.LastWriteTimeUtc >= newest ? program.FullName : null;
    }
}
