namespace ClosureScan.Benchmarks.Closures;

/// <summary>
/// <c>-- closures [trial...]</c>: the scanner as a whole, from disk, from pipes and from caches, beside the ceilings and the peers measured in the
/// same run. Everything is in the page cache. Corpora are made in a temporary folder of some 2 GB, which is removed at the end.
/// </summary>
internal static class ClosureComparison
{
    /// <summary>Runs the trials whose names contain one of <paramref name="wanted"/>, or all; one that fails says so in the table and spares the others.</summary>
    /// <returns>0, or 1 when a trial failed.</returns>
    public static int Run(TargetTable targets, string[] wanted)
    {
        string scratch = Directory.CreateTempSubdirectory("closurescan-closures-").FullName;
        int status = 0;
        try
        {
            StoreCorpus sources = StoreCorpus.MakeSources(scratch);
            StoreCorpus programs = StoreCorpus.MakePrograms(scratch);
            List<(string Name, string Path)> subjects =
                [("a closure of small files, as many jobs as processors", sources.Root), ("a closure of programs, as many jobs as processors", programs.Root)];
            Try("one large file", () => subjects.Add(("one file of 512 MiB, hashing", LargeFileTrial.Run(targets, scratch))));
            Try("a closure of small files", () => ClosureTrial.Run(sources, targets, scratch));
            Try("a closure of programs", () => ClosureTrial.Run(programs, targets, scratch));
            Try("evidence", () => EvidenceTrial.Run(sources, targets));
            Try("evidence in programs", () => EvidenceTrial.Run(programs, targets));
            Try("a NAR through a pipe", () => subjects.Add(("a NAR through a pipe, hashing", PipeTrial.Run(programs, targets, scratch))));
            Try("xz cache", () => AddCache("xz", CacheTrial.Run(programs, 4, "xz", "-3", 0.95, targets, scratch)));
            Try("zstd cache", () => AddCache("zstd", CacheTrial.Run(programs, 16, "zstd", "-q -3", 0.9, targets, scratch)));
            Try("peak memory", () => MemoryTrial.Run(subjects, targets));
            Try("allocation per clean file", () => MemoryTrial.MeasureAllocations(targets, scratch));

            void AddCache(string name, string? cache)
            {
                if (cache is not null)
                {
                    subjects.Add(($"a cache of {name} NARs, as many jobs as processors", cache));
                }
            }

            void Try(string name, Action trial)
            {
                if (wanted.Length > 0 && !wanted.Any(part => name.Contains(part, StringComparison.Ordinal)))
                {
                    return;
                }

                Console.Error.WriteLine($"measuring: {name}");
                try
                {
                    trial();
                }
                catch (Exception exception) when (exception is InvalidOperationException or IOException or FormatException)
                {
                    Console.Error.WriteLine(exception);
                    targets.Skip(name, $"it failed: {exception.Message.ReplaceLineEndings(" ")}");
                    status = 1;
                }
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return status;
    }
}
