using System.Diagnostics;

namespace ClosureScan.Testing;

/// <summary>Programs that some tests compare with. Where one is missing the test is skipped, except where all are required.</summary>
public static class ExternalTool
{
    /// <summary>
    /// Why the test that needs <paramref name="program"/> can not run, or null when it can. With
    /// <c>CLOSURESCAN_REQUIRE_TOOLS=1</c> a missing program is an exception.
    /// </summary>
    public static string? WhyMissing(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            return null;
        }

        string reason = $"{program} is not installed.";
        return Environment.GetEnvironmentVariable("CLOSURESCAN_REQUIRE_TOOLS") == "1"
            ? throw new InvalidOperationException(reason)
            : reason;
    }

    /// <summary>Runs a program and gives the bytes it wrote to standard output.</summary>
    public static byte[] Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }
}
