using System.Globalization;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>A binary cache of compressed NARs by one job, beside the decompressor alone.</summary>
internal static class CacheTrial
{
    private const string Scan = "ClosureScanner, 1 job";

    /// <summary>Runs the race for one compression.</summary>
    /// <param name="corpus">Whose paths the cache has.</param>
    /// <param name="paths">How many of them.</param>
    /// <param name="program">xz or zstd, and how a narinfo calls it.</param>
    /// <param name="arguments">How strongly it compresses.</param>
    /// <param name="atLeast">Which part of the decompressor's speed is to be reached.</param>
    /// <param name="targets">Where the result goes.</param>
    /// <param name="scratch">Where the cache goes.</param>
    /// <returns>The cache.</returns>
    public static string? Run(StoreCorpus corpus, int paths, string program, string arguments, double atLeast, TargetTable targets, string scratch)
    {
        string what = $"{program} cache";
        if (!Shell.Has(program))
        {
            targets.Skip(what, $"{program} is not installed");
            return null;
        }

        string cache = Path.Combine(scratch, $"cache-{program}");
        StorePath[] roots = [.. corpus.Paths.Take(paths)];
        long bytes = Make(corpus, roots, program, arguments, cache);
        string alone = $"{program} -dc > /dev/null";
        var race = new Race($"A cache of {paths} {program} NARs");
        race.Add(alone, () => Shell.Run($"{program} -dc {Shell.Quote(cache)}/nar/* > /dev/null"));
        race.Add(Scan, () => ScanCache(cache, roots));
        RaceResult result = race.Run(bytes);
        targets.Add($"{what}, one job, by the clock", atLeast, $"{program} -dc alone", result.Speeds(Scan, alone), result.Ratio(Scan, alone));
        targets.Add(
            $"{what}, per second of processor time",
            atLeast,
            $"{program} -dc alone",
            string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6 / result.Laps[Scan].ProcessorSeconds:N0} of {bytes / 1e6 / result.Laps[alone].ProcessorSeconds:N0} MB/s"),
            result.ProcessorRatio(Scan, alone));
        return cache;
    }

    /// <summary>Makes a cache of some paths of a closure, each without references.</summary>
    /// <returns>The bytes of all NARs.</returns>
    public static long Make(StoreCorpus corpus, StorePath[] roots, string program, string arguments, string cache)
    {
        Directory.CreateDirectory(Path.Combine(cache, "nar"));
        File.WriteAllText(Path.Combine(cache, "nix-cache-info"), "StoreDir: /nix/store\n");
        long bytes = 0;
        foreach (StorePath path in roots)
        {
            string nar = Path.Combine(cache, "nar", $"{path.Hash}.nar");
            string folder = Path.Combine(corpus.StoreFolder, path.BaseName);
            using (FileStream file = File.Create(nar))
            {
                NarDump.Write(folder, file);
            }

            WalkResult walked = DirectoryWalk.Run(folder, new Walks.IdleVisitor(), new WalkOptions { ComputeNarHash = true });
            string compressed = $"nar/{path.Hash}.nar.{program}";
            Shell.Run($"{program} {arguments} -c < {Shell.Quote(nar)} > {Shell.Quote(Path.Combine(cache, compressed))}");
            File.Delete(nar);
            File.WriteAllText(
                Path.Combine(cache, $"{path.Hash}.narinfo"),
                $"StorePath: {path}\nURL: {compressed}\nCompression: {program}\nNarHash: {walked.NarHash}\nNarSize: {walked.NarSize}\nReferences: \n");
            bytes += walked.NarSize;
        }

        return bytes;
    }

    /// <summary>Scans a cache by one job.</summary>
    /// <exception cref="InvalidOperationException">A NAR is not as its narinfo says.</exception>
    public static void ScanCache(string cache, StorePath[] roots)
    {
        IStore store = Store.OpenAsync(cache).AsTask().GetAwaiter().GetResult();
        ScannedClosure closure = ClosureScanner.ScanAsync(store, roots, new ClosureScanOptions { Jobs = 1 }).GetAwaiter().GetResult();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (!closure.IsComplete)
        {
            throw new InvalidOperationException($"The cache {cache} is damaged: {string.Join("; ", closure.Problems)}");
        }
    }
}
