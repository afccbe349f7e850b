using System.Diagnostics;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>Runs the peers.</summary>
internal static class Shell
{
    /// <summary>Whether a program is installed.</summary>
    public static bool Has(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a shell command to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string command, string input = "")
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["NO_COLOR"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task writing = Task.Run(() =>
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        });
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        writing.GetAwaiter().GetResult();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} ended with exit code {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }

    /// <summary>A word of a command.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
