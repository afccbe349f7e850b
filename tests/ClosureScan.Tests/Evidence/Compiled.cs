using ClosureScan.Testing;

namespace ClosureScan.Tests.Evidence;

/// <summary>Binaries that a real compiler makes of a few lines of C, in a folder of their own.</summary>
public sealed class Compiled : IDisposable
{
    public const string Native = "gcc";
    public const string Arm = "arm-linux-gnueabihf-gcc";

    private readonly TemporaryTree _tree = new();
    private int _files;

    /// <summary>Compiles C; the test is skipped where the compiler is missing. Returns the path of the result.</summary>
    public string Compile(string compiler, string source, params IEnumerable<string> arguments)
    {
        string file = NewFile();
        File.WriteAllText(file + ".c", source);
        Run(compiler, ["-o", file, file + ".c", .. arguments]);
        return file;
    }

    /// <summary>Runs a program on files here; the test is skipped where it is missing.</summary>
    public static void Run(string program, params IEnumerable<string> arguments)
    {
        ToolRun run = ToolRun.Execute(RequiredTool.Find(program), arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>A path here that no file has yet.</summary>
    public string NewFile() => _tree.PathOf($"file{Interlocked.Increment(ref _files)}");

    public void Dispose() => _tree.Dispose();
}
