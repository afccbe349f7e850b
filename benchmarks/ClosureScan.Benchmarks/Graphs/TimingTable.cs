using System.Diagnostics;
using System.Globalization;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>A first run, which pays for compiling, and the median of some more; a Markdown row for each thing timed.</summary>
internal sealed class TimingTable(int runs)
{
    private readonly List<string> _rows = [];

    /// <summary>The sum of the medians.</summary>
    internal double TotalMilliseconds { get; private set; }

    internal T Time<T>(string name, Func<T> action)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        T result = action();
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        double[] times = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            start = Stopwatch.GetTimestamp();
            result = action();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        double median = times[runs / 2];
        TotalMilliseconds += median;
        _rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:F1} | {first:F1} | {allocated / 1048576.0:F1} |"));
        return result;
    }

    internal void Print()
    {
        Console.WriteLine("| | median ms | first run ms | allocated MiB |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (string row in _rows)
        {
            Console.WriteLine(row);
        }
    }
}
