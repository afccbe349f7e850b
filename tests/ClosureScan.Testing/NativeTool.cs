namespace ClosureScan.Testing;

/// <summary>
/// The tool as one native program, as users have it. <c>native-tool.sh</c> compiles it, which takes too long for a test; without
/// it, or after a change of the sources, a test that asks for it is skipped, or fails under <c>CLOSURESCAN_REQUIRE_TOOLS=1</c>.
/// </summary>
public static class NativeTool
{
    /// <summary>The program.</summary>
    public static string Path => System.IO.Path.Combine(Folder(), "closurescan");

    /// <summary>The folder that holds the program <c>closurescan</c> and nothing else.</summary>
    public static string Folder()
    {
        string folder = System.IO.Path.Combine(TestCache.Folder, "native/publish");
        FileInfo program = new(System.IO.Path.Combine(folder, "closurescan"));
        DateTime newest = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Max(File.GetLastWriteTimeUtc);
        if (!program.Exists || program.LastWriteTimeUtc < newest)
        {
            RequiredTool.Missing($"a native program in {folder} that is newer than the sources; tests/ClosureScan.Testing/native-tool.sh compiles it");
        }

        return folder;
    }
}
