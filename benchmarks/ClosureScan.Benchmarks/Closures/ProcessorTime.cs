using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>The processor time of this process and of the children it has waited for; elsewhere than on Linux, of this process.</summary>
internal static partial class ProcessorTime
{
    private const int Children = -1;

    /// <summary>Seconds since some moment.</summary>
    public static double Seconds
    {
        get
        {
            double own = Environment.CpuUsage.TotalTime.TotalSeconds;
            return OperatingSystem.IsLinux() && GetUsage(Children, out Usage usage) == 0
                ? own + usage.Values[0] + usage.Values[2] + ((usage.Values[1] + usage.Values[3]) * 1e-6)
                : own;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    // struct rusage: user and system time in seconds and microseconds, then 14 other counts.
    [StructLayout(LayoutKind.Sequential)]
    private struct Usage
    {
        public Fields Values;
    }

    [InlineArray(18)]
    private struct Fields
    {
        public nint First;
    }
}
