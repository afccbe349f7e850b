using System.Globalization;
using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>The peak memory of fresh processes that scan, and what a clean file allocates.</summary>
internal static class MemoryTrial
{
    private const double Limit = 150;

    /// <summary>The first argument of such a process.</summary>
    public const string Mode = "scan-once";

    /// <summary>Measures each named subject: a file, a NAR, a store or a cache.</summary>
    public static void Run(IEnumerable<(string Name, string Path)> subjects, TargetTable targets)
    {
        Console.WriteLine("\n### Peak resident memory (VmHWM) of a fresh process\n\n| | MiB |\n|---|---:|");
        double most = 0;
        foreach ((string name, string path) in subjects)
        {
            string self = Shell.Quote(typeof(MemoryTrial).Assembly.Location);
            string input = path.EndsWith(".nar", StringComparison.Ordinal) ? $"cat {Shell.Quote(path)} | " : "";
            double peak = double.Parse(Shell.Run($"{input}{Shell.Quote(Environment.ProcessPath!)} {self} {Mode} {Shell.Quote(path)}"), CultureInfo.InvariantCulture) / 1024;
            most = Math.Max(most, peak);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {peak:N0} |"));
        }

        targets.Add("peak memory, any of these", $"at most {Limit:N0} MiB", string.Create(CultureInfo.InvariantCulture, $"{most:N0} MiB"), most <= Limit);
    }

    /// <summary>What the fresh process does: scans with as many jobs as there are processors, and prints its peak in KiB.</summary>
    public static int ScanOnce(string path)
    {
        if (File.Exists(path))
        {
            PathScanner scanner = new(ReferenceSet.Create(Corpus.Hashes(5_000)), new ScanOptions { ComputeNarHash = true });
            _ = path.EndsWith(".nar", StringComparison.Ordinal)
                ? scanner.ScanNarAsync(NarSource.OpenStandardInput()).AsTask().GetAwaiter().GetResult()
                : scanner.ScanDirectory(path);
        }
        else
        {
            IStore store = Store.OpenAsync(path).AsTask().GetAwaiter().GetResult();
            StorePath[] all = [.. ((IListableStore)store).ListAsync().ToBlockingEnumerable()];
            GC.KeepAlive(ClosureScanner.ScanAsync(store, all).GetAwaiter().GetResult());
        }

        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
        return 0;
    }

    /// <summary>Scans a folder of clean files and one of twice as many; the difference is what a file allocates.</summary>
    public static void MeasureAllocations(TargetTable targets, string scratch)
    {
        foreach ((string kind, string corpus) in ((string, string)[])[("text", "text"), ("data", "random"), ("the head of a program", "elf")])
        {
            const int Files = 500;
            string once = MakeClean(Path.Combine(scratch, $"clean-{corpus}-1"), Files, corpus);
            string twice = MakeClean(Path.Combine(scratch, $"clean-{corpus}-2"), 2 * Files, corpus);
            PathScanner scanner = new(ReferenceSet.Create(Corpus.Hashes(5_000)));
            double each = 0;
            for (int round = 0; round < 3; round++)
            {
                each = (AllocatedBy(scanner, twice) - AllocatedBy(scanner, once)) / (double)Files;
            }

            targets.Add($"allocation per clean file ({kind}), after warm-up", "at most 0 bytes", string.Create(CultureInfo.InvariantCulture, $"{each:0.##} bytes"), each <= 0);
        }
    }

    private static long AllocatedBy(PathScanner scanner, string folder)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        scanner.ScanDirectory(folder);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string MakeClean(string folder, int files, string corpus)
    {
        byte[] bytes = Corpus.Make(corpus, 1 << 16, []);
        Directory.CreateDirectory(folder);
        for (int file = 0; file < files; file++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"file-{file:D4}"), bytes.AsSpan(0, 1000 + (file % 200 * 50)));
        }

        return folder;
    }
}
