using System.Globalization;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>A whole closure: beside tar and plain reading of the same files, Nix, grep and ripgrep, whose answers must agree.</summary>
internal static class ClosureTrial
{
    private const string One = "ClosureScanner, 1 job";
    private const string Two = "ClosureScanner, 2 jobs";
    private const string Tar = "tar cf - \\| wc -c";
    private const string ReadOne = "reading every file, 1 thread";
    private const string ReadTwo = "reading every file, 2 threads";
    private const string Dump = "nix-store --dump \\| wc -c";
    private const string WhyDepends = "nix why-depends --all --precise";
    private const string Grep = "grep -rlF -f hashes";
    private const string Ripgrep = "rg -lF -f hashes";

    /// <summary>Runs the race.</summary>
    public static void Run(StoreCorpus corpus, TargetTable targets, string scratch)
    {
        string store = Shell.Quote(corpus.StoreFolder);
        string[] files = Directory.GetFiles(corpus.StoreFolder, "*", SearchOption.AllDirectories);
        string hashes = Path.Combine(scratch, "hashes");
        File.WriteAllLines(hashes, corpus.Paths.Select(path => path.Hash.ToString()));
        SortedSet<string> found = FilesWithReferences(corpus, Scan(corpus, 1));
        var race = new Race($"{corpus}");
        race.Add(One, () => Scan(corpus, 1));
        race.Add(Two, () => Scan(corpus, 2));
        race.Add(ReadOne, () => PlainReading.Read(files, 1));
        race.Add(ReadTwo, () => PlainReading.Read(files, 2));
        race.Add(Tar, () => Shell.Run($"tar cf - -C {store} . | wc -c"));
        if (corpus.IsRegistered)
        {
            string query = $"nix --extra-experimental-features nix-command --store {Shell.Quote("local?root=" + corpus.Root)} why-depends --all --precise {corpus.Paths[0]} {corpus.Paths[^1]}";
            CheckWhyDepends(Shell.Run(query), corpus, found);
            race.Add(Dump, () => Shell.Run($"nix-store --dump {store} | wc -c"));
            race.Add(WhyDepends, () => Shell.Run(query));
        }

        race.Add(Grep, () => CheckFiles(Shell.Run($"grep -rlF -f {Shell.Quote(hashes)} {store}"), found, corpus));
        if (Shell.Has("rg"))
        {
            race.Add(Ripgrep, () => CheckFiles(Shell.Run($"rg -uuu -lF -f {Shell.Quote(hashes)} {store}"), found, corpus));
        }

        RaceResult result = race.Run(corpus.ByteCount);
        targets.Add($"closure ({corpus}), warm, 1 job", 1, "tar cf - \\| wc -c", result.Times(One, Tar), result.Ratio(One, Tar));
        double gain = result.Ratio(Two, One);
        double ceiling = result.Ratio(ReadTwo, ReadOne);
        targets.Add(
            $"two jobs against one ({corpus})",
            "1.6 times, or 0.8 of what two threads read",
            string.Create(CultureInfo.InvariantCulture, $"{gain:0.00} times (plain reading gains {ceiling:0.00}); {result.Speeds(Two, ReadTwo)}, {result.Ratio(Two, ReadTwo):0.00}"),
            gain >= 1.6 || result.Ratio(Two, ReadTwo) >= 0.8);
        foreach (string peer in (string[])[Grep, Ripgrep, WhyDepends])
        {
            if (result.Has(peer))
            {
                targets.Add($"closure ({corpus}), 1 job", 1, peer, result.Times(One, peer), result.Ratio(One, peer));
            }
            else
            {
                targets.Skip($"closure ({corpus}) against {peer}", "it is not installed");
            }
        }
    }

    /// <summary>Scans the closure as the command line does.</summary>
    /// <exception cref="InvalidOperationException">Something could not be read.</exception>
    public static ScannedClosure Scan(StoreCorpus corpus, int jobs)
    {
        IStore store = Store.OpenAsync(corpus.Root).AsTask().GetAwaiter().GetResult();
        try
        {
            ScannedClosure closure = ClosureScanner.ScanAsync(store, [corpus.Paths[0]], new ClosureScanOptions { Jobs = jobs }).GetAwaiter().GetResult();
            return closure.IsComplete && closure.Paths.Length == corpus.Paths.Count
                ? closure
                : throw new InvalidOperationException($"The scan of {corpus} is incomplete: {string.Join("; ", closure.Problems)}");
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static SortedSet<string> FilesWithReferences(StoreCorpus corpus, ScannedClosure closure) => new(
        closure.Paths.SelectMany(path => path.Scan!.References.SelectMany(reference => reference.Evidence).Select(
            evidence => $"{corpus.StoreFolder}/{path.Info.Path.BaseName}/{evidence.File}")),
        StringComparer.Ordinal);

    private static void CheckFiles(string output, SortedSet<string> expected, StoreCorpus corpus)
    {
        if (!expected.SetEquals(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            throw new InvalidOperationException($"The peers find other files with references in {corpus}.");
        }
    }

    // Its tree has a line "FILE: …text…" for the first reference in each file that lies on a way to the last path.
    private static void CheckWhyDepends(string output, StoreCorpus corpus, SortedSet<string> found)
    {
        HashSet<string> names = [.. found.Select(file => file[(file.IndexOf('/', corpus.StoreFolder.Length + 1) + 1)..])];
        string[] told = [.. output.Split('\n').Where(line => line.Contains(": ", StringComparison.Ordinal)).Select(FileOf).Distinct()];
        if (told.Length == 0 || told.Any(file => !names.Contains(file)))
        {
            throw new InvalidOperationException($"nix why-depends tells of files in {corpus} in which the scan finds no reference.");
        }
    }

    private static string FileOf(string line) => line[..line.IndexOf(": ", StringComparison.Ordinal)].TrimStart('│', '├', '└', '─', ' ');
}
