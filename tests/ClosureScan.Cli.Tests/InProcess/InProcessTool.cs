using System.Runtime.CompilerServices;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.InProcess;

/// <summary>
/// Runs the tool's Main in the process of the tests, several at once: a run takes the time of its work, not of a start of .NET. What it prints
/// flows with the call, and the folder is the repository's for all of them.
/// </summary>
internal static class InProcessTool
{
#pragma warning disable CA2255 // A test project is a program, and no test may run before this.
    [ModuleInitializer]
    internal static void Begin()
#pragma warning restore CA2255
    {
        // On a terminal the tool looks different; then every test runs it as another process.
        if (!Console.IsOutputRedirected || !Console.IsErrorRedirected)
        {
            return;
        }

        foreach (string variable in (string[])["NO_COLOR", "FORCE_COLOR", "CLOSURESCAN_KERNEL"])
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Console.SetError(new FlowingError(Console.Error));
        ClosureScanTool.InProcess = Run;
    }

    private static ToolRun Run(string[] arguments)
    {
        // A thread of its own: whatever flows with the call ends with it, and xunit's own threads stay free.
        return Task.Factory.StartNew(
            () =>
            {
                using KeptOutput output = new();
                using StringWriter error = new() { NewLine = "\n" };
                StandardOutput.Instead.Value = output;
                FlowingError.Current.Value = error;

                // Runners of tests move to the folder of the assembly when they like.
                Environment.CurrentDirectory = Repository.Root;
                int exitCode = Program.Main(arguments).GetAwaiter().GetResult();
                return new ToolRun(exitCode, output.ToArray(), error.ToString());
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).GetAwaiter().GetResult();
    }

    /// <summary>A command closes standard output when it has written; the next one to open it goes on behind.</summary>
    private sealed class KeptOutput : MemoryStream
    {
        public override void Close()
        {
        }
    }
}
