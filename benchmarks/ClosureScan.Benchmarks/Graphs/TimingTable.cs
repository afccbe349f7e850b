using System.Diagnostics;
using System.Globalization;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>A first run, which pays for compiling, and the medians of some more, by the clock and by the processor, which other work on the
/// machine disturbs less; a Markdown row for each thing timed.</summary>
internal sealed class TimingTable(int runs)
{
    private readonly List<string> _rows = [];

    /// <summary>The sum of the medians by the clock.</summary>
    internal double TotalMilliseconds { get; private set; }

    /// <summary>The sum of the medians by the processor.</summary>
    internal double TotalProcessorMilliseconds { get; private set; }

    internal T Time<T>(string name, Func<T> action)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        T result = action();
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        double[] times = new double[runs];
        double[] processor = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            start = Stopwatch.GetTimestamp();
            result = action();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            processor[run] = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
        }

        Array.Sort(times);
        Array.Sort(processor);
        TotalMilliseconds += times[runs / 2];
        TotalProcessorMilliseconds += processor[runs / 2];
        _rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times[runs / 2]:F1} | {processor[runs / 2]:F1} | {first:F1} | {allocated / 1048576.0:F1} |"));
        return result;
    }

    internal void Print()
    {
        Console.WriteLine("| | median ms | of it CPU ms | first run ms | allocated MiB |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (string row in _rows)
        {
            Console.WriteLine(row);
        }
    }
}
