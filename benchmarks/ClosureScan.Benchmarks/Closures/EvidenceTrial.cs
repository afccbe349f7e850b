using System.Globalization;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>
/// What evidence and identification cost a scan: every path of a closure by <see cref="PathScanner"/>, beside the same walk and search that tell
/// nothing of what they find.
/// </summary>
internal static class EvidenceTrial
{
    private const string Whole = "PathScanner";
    private const string Bare = "the same walk and search alone";
    private const double Limit = 1.15;

    // A lap takes some 40 ms; one has to be long beside the grain of the processor's clock.
    private const int Repeats = 6;

    /// <summary>Runs the race.</summary>
    public static void Run(StoreCorpus corpus, TargetTable targets)
    {
        ReferenceSet references = ReferenceSet.Create(corpus.Paths);
        string[] folders = [.. corpus.Paths.Select(path => Path.Combine(corpus.StoreFolder, path.BaseName))];
        PathScanner scanner = new(references);
        BareSearch bare = new(references);
        Check(scanner, bare, folders);
        Race race = new($"{corpus}, scanned {Repeats} times by one thread");
        race.Add(Whole, () => Repeat(folder => scanner.ScanDirectory(folder)));
        race.Add(Bare, () => Repeat(folder => DirectoryWalk.Run(folder, bare)));
        RaceResult result = race.Run(Repeats * corpus.ByteCount);
        double clock = result.Ratio(Bare, Whole), processor = result.ProcessorRatio(Bare, Whole);

        // One thread that waits for nothing: its processor time is its time by the clock, without what others take of the machine.
        targets.Add(
            $"scan with evidence ({corpus}), one thread",
            string.Create(CultureInfo.InvariantCulture, $"at most {Limit} times the same walk and search without"),
            string.Create(CultureInfo.InvariantCulture, $"{processor:0.00} times its processor time, {clock:0.00} by the clock"),
            processor <= Limit);

        void Repeat(Action<string> scan)
        {
            for (int round = 0; round < Repeats; round++)
            {
                Array.ForEach(folders, scan);
            }
        }
    }

    private static void Check(PathScanner scanner, BareSearch bare, string[] folders)
    {
        long found = 0;
        foreach (string folder in folders)
        {
            found += scanner.ScanDirectory(folder).References.Sum(static reference => reference.Count);
            DirectoryWalk.Run(folder, bare);
        }

        if (found == 0 || found != bare.Count)
        {
            throw new InvalidOperationException($"The scan finds {found} references, the search alone {bare.Count}.");
        }
    }
}
