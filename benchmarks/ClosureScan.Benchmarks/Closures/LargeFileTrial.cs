using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Scanning;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>One large file on disk by one thread, beside plain reading of it.</summary>
internal static class LargeFileTrial
{
    private const int Length = 512 << 20;

    /// <summary>Runs the race.</summary>
    /// <returns>The file.</returns>
    public static string Run(TargetTable targets, string scratch)
    {
        const string Scan = "PathScanner.ScanDirectory", Read = "reading in pieces of 1 MiB";
        string file = Path.Combine(scratch, "large");
        File.WriteAllBytes(file, Corpus.Make("elf", Length, []));
        PathScanner scanner = new(ReferenceSet.Create(Corpus.Hashes(5_000)));
        var race = new Race("One large file, ELF, 5,000 hashes, warm, one thread");
        race.Add(Read, () => PlainReading.Read([file], 1));
        race.Add(Scan, () => scanner.ScanDirectory(file));
        RaceResult result = race.Run(Length);
        targets.Add("directory scan, warm, one thread, one large file", 0.8, "plain reading", result.Speeds(Scan, Read), result.Ratio(Scan, Read));
        return file;
    }
}
