using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>
/// One run of the tool and what it took. In the process of the tests, in which nothing else may run meanwhile: all bytes that were allocated, or what
/// the process grew by at its peak, decoders outside .NET included, whichever is more. Of a native program: the whole process at its peak.
/// </summary>
/// <param name="Result">What came out.</param>
/// <param name="Time">The processor's time: no load makes it longer.</param>
/// <param name="Bytes">The memory.</param>
internal sealed record MeasuredRun(ToolRun Result, TimeSpan Time, long Bytes)
{
    private const string Reset = "/proc/self/clear_refs";

    /// <summary>Runs the tool.</summary>
    /// <param name="call">Its arguments.</param>
    /// <param name="note">A file for what is measured of another process.</param>
    public static MeasuredRun Of(string[] call, string note) => ClosureScanTool.IsProcess ? OfProcess(call, note) : OfThisProcess(call);

    private static MeasuredRun OfThisProcess(string[] call)
    {
        bool resets = File.Exists(Reset);
        long allocated = GC.GetTotalAllocatedBytes();
        long before = 0;
        if (resets)
        {
            File.WriteAllText(Reset, "5");
            before = PeakMemory();
        }

        TimeSpan start = Environment.CpuUsage.TotalTime;
        ToolRun run = ClosureScanTool.Run(call);
        TimeSpan time = Environment.CpuUsage.TotalTime - start;
        long grown = resets ? PeakMemory() - before : 0;
        return new MeasuredRun(run, time, Math.Max(GC.GetTotalAllocatedBytes() - allocated, grown));
    }

    private static MeasuredRun OfProcess(string[] call, string note)
    {
        string timer = RequiredTool.Find("time");
        ToolRun run = ClosureScanTool.RunInShell($"{timer} --quiet --output '{note}' --format '%M %U %S' \"$@\"", call);
        double[] measured = [.. File.ReadAllText(note).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new MeasuredRun(run, TimeSpan.FromSeconds(measured[1] + measured[2]), (long)measured[0] * 1024);
    }

    // Since it was reset.
    private static long PeakMemory()
    {
        const string Field = "VmHWM:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Field.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
