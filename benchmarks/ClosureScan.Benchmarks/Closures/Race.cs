using System.Diagnostics;
using System.Globalization;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>
/// Several ways to do the same work, in rounds that go through all of them in turn, so that what disturbs the machine disturbs
/// all alike. The first round fills the page cache and compiles, and does not count.
/// </summary>
internal sealed class Race(string title)
{
    private const int Rounds = 5;

    private readonly List<(string Name, Action Run)> _contestants = [];

    /// <summary>Adds a contestant.</summary>
    public void Add(string name, Action run) => _contestants.Add((name, run));

    /// <summary>Runs all rounds over <paramref name="bytes"/> bytes and prints a Markdown table of medians.</summary>
    public RaceResult Run(long bytes)
    {
        double[][] seconds = [.. _contestants.Select(_ => new double[Rounds])];
        double[][] processor = [.. _contestants.Select(_ => new double[Rounds])];
        for (int round = -1; round < Rounds; round++)
        {
            for (int index = 0; index < _contestants.Count; index++)
            {
                double used = ProcessorTime.Seconds;
                long start = Stopwatch.GetTimestamp();
                _contestants[index].Run();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    seconds[index][round] = elapsed;
                    processor[index][round] = ProcessorTime.Seconds - used;
                }
            }
        }

        Dictionary<string, Lap> laps = [];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n### {title}: {bytes / 1e6:N1} MB\n"));
        Console.WriteLine("| | ms | MB/s | ms of processor |\n|---|---:|---:|---:|");
        for (int index = 0; index < _contestants.Count; index++)
        {
            Lap lap = new(Median(seconds[index]), Median(processor[index]));
            laps.Add(_contestants[index].Name, lap);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {_contestants[index].Name} | {lap.Seconds * 1e3:N1} | {bytes / 1e6 / lap.Seconds:N0} | {lap.ProcessorSeconds * 1e3:N1} |"));
        }

        return new RaceResult(laps, bytes);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
