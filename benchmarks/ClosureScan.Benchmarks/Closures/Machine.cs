using System.Runtime.InteropServices;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>Where and with what the figures were made.</summary>
internal static class Machine
{
    /// <summary>A Markdown list.</summary>
    public static string Describe()
    {
        string processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
            : "unknown";
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        string[] programs = ["tar", "grep", "rg", "nix", "sha256sum", "xz", "zstd"];
        IEnumerable<string> versions = programs.Select(program =>
            Shell.Has(program) ? $"{program}: {Shell.Run($"{program} --version").Split('\n')[0].Trim()}" : $"{program}: not installed");
        return $"""
            - {processor}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}
            - kernel of the scan: {Scanning.Kernels.ScanKernels.Default}; load before the run: {load}
            - {string.Join("; ", versions)}

            """;
    }
}
