using System.Globalization;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>The medians of a race.</summary>
internal sealed record RaceResult(IReadOnlyDictionary<string, Lap> Laps, long Bytes)
{
    /// <summary>Whether there was such a contestant: peers may be missing on this machine.</summary>
    public bool Has(string name) => Laps.ContainsKey(name);

    /// <summary>How many times as fast as <paramref name="other"/> <paramref name="name"/> was.</summary>
    public double Ratio(string name, string other) => Laps[other].Seconds / Laps[name].Seconds;

    /// <summary>How many times as much <paramref name="name"/> did in a second of processor time as <paramref name="other"/>.</summary>
    public double ProcessorRatio(string name, string other) => Laps[other].ProcessorSeconds / Laps[name].ProcessorSeconds;

    /// <summary>Both speeds, for a table.</summary>
    public string Speeds(string name, string other) => string.Create(
        CultureInfo.InvariantCulture, $"{Bytes / 1e6 / Laps[name].Seconds:N0} of {Bytes / 1e6 / Laps[other].Seconds:N0} MB/s");

    /// <summary>Both times, for a table.</summary>
    public string Times(string name, string other) => string.Create(
        CultureInfo.InvariantCulture, $"{Laps[name].Seconds * 1e3:N0} ms against {Laps[other].Seconds * 1e3:N0} ms");
}
