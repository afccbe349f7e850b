using System.Diagnostics;
using System.Text;

namespace ClosureScan.Testing;

/// <summary>One finished run of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, byte for byte.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ToolRun(int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>Standard output as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span);

    /// <summary>The lines of standard output that are not empty.</summary>
    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a program to its end, without standard input.</summary>
    /// <param name="program">Its path, from <see cref="RequiredTool.Find"/>.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="workingDirectory">Where it starts; empty for the caller's.</param>
    public static ToolRun Execute(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string workingDirectory = "")
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();

        // Both streams are drained at once: a program that fills one pipe while the other is read would wait for ever.
        Task<string> error = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        string message = error.GetAwaiter().GetResult();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output.ToArray(), message);
    }
}
