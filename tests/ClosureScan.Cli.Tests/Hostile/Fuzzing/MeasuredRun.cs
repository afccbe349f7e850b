using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>
/// One run of the tool and what it took. In the process of the tests, in which nothing else may run meanwhile: all bytes that were allocated, or what
/// the process grew by at its peak, decoders outside .NET included, whichever is more. Of a native program: the whole process at its peak.
/// </summary>
/// <param name="Result">What came out.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Bytes">The memory.</param>
internal sealed record MeasuredRun(ToolRun Result, long Milliseconds, long Bytes)
{
    private const string Reset = "/proc/self/clear_refs";

    /// <summary>Runs the tool.</summary>
    /// <param name="call">Its arguments.</param>
    /// <param name="note">A file for what is measured of another process.</param>
    public static MeasuredRun Of(string[] call, string note)
    {
        long start = Environment.TickCount64;
        return ClosureScanTool.IsProcess ? OfProcess(call, note, start) : OfThisProcess(call, start);
    }

    private static MeasuredRun OfThisProcess(string[] call, long start)
    {
        bool resets = File.Exists(Reset);
        long allocated = GC.GetTotalAllocatedBytes();
        long before = 0;
        if (resets)
        {
            File.WriteAllText(Reset, "5");
            before = Status("VmHWM:");
        }

        ToolRun run = ClosureScanTool.Run(call);
        long grown = resets ? Status("VmHWM:") - before : 0;
        return new MeasuredRun(run, Environment.TickCount64 - start, Math.Max(GC.GetTotalAllocatedBytes() - allocated, grown));
    }

    private static MeasuredRun OfProcess(string[] call, string note, long start)
    {
        string timer = RequiredTool.Find("time");
        ToolRun run = ClosureScanTool.RunInShell($"{timer} --quiet --output '{note}' --format %M \"$@\"", call);
        return new MeasuredRun(run, Environment.TickCount64 - start, long.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture) * 1024);
    }

    private static long Status(string field) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).AsSpan(field.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
}
