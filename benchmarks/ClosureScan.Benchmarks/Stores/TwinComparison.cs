using System.Diagnostics;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Benchmarks.Closures;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureComparison = ClosureScan.Analysis.Comparing.ClosureComparison;

namespace ClosureScan.Benchmarks.Stores;

/// <summary>Two closures of which 99 % are equal but for store hashes, compared, beside scanning both.</summary>
internal static class TwinComparison
{
    private const int Layers = 120;
    private const int Width = 100;
    private const int FileSize = 22_000;

    public static async Task<int> RunAsync()
    {
        TargetTable table = new();
        string folder = Directory.CreateTempSubdirectory("closurescan-bench-").FullName;
        try
        {
            (string cross, string native) = (Path.Combine(folder, "cross"), Path.Combine(folder, "native"));
            StorePath one = LayeredCache.Write(cross, Layers, Width, FileSize, "cross");
            StorePath other = LayeredCache.Write(native, Layers, Width, FileSize, "native", static salt => salt % 100 == 50);
            ClosureComparison? comparison = null;
            (TimeSpan scans, TimeSpan scansWork) = await BestAsync(async () =>
            {
                await ScanAsync(cross, one);
                await ScanAsync(native, other);
            });
            (TimeSpan compared, TimeSpan comparedWork) = await BestAsync(async () => comparison = await CompareAsync(cross, one, native, other));
            string what = $"compare of two closures of {(Layers * Width) + 1:N0} paths, {comparison!.Count(ComparisonLevel.SameModuloPaths):N0} pairs L1, {comparison.Count(ComparisonLevel.Different):N0} D";
            table.Add(what, 0.5, "the speed of scanning both", $"{compared.TotalSeconds:0.00} s; {scans.TotalSeconds:0.00} s", scans / compared);
            table.Add("the same, in the time of both processors", 0.5, "its speed", $"{comparedWork.TotalSeconds:0.00} s; {scansWork.TotalSeconds:0.00} s", scansWork / comparedWork);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(table);
        return 0;
    }

    private static async Task<ScannedClosure> ScanAsync(string folder, StorePath root, bool metadataOnly = false)
    {
        await using IStore store = await Store.OpenAsync(folder);
        return await ClosureScanner.ScanAsync(store, [root], new ClosureScanOptions { MetadataOnly = metadataOnly });
    }

    private static async Task<ClosureComparison> CompareAsync(string cross, StorePath one, string native, StorePath other)
    {
        ScannedClosure left = await ScanAsync(cross, one, metadataOnly: true);
        ScannedClosure right = await ScanAsync(native, other, metadataOnly: true);
        await using IStore crossStore = await Store.OpenAsync(cross);
        await using IStore nativeStore = await Store.OpenAsync(native);
        return await ClosureComparison.RunAsync(ComparedClosure.Of(crossStore, left), ComparedClosure.Of(nativeStore, right));
    }

    private static async Task<(TimeSpan Elapsed, TimeSpan Work)> BestAsync(Func<Task> run)
    {
        (TimeSpan Elapsed, TimeSpan Work) best = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (int round = 0; round < 3; round++)
        {
            long began = Stopwatch.GetTimestamp();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            await run();
            TimeSpan work = Process.GetCurrentProcess().TotalProcessorTime - before;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            best = (elapsed < best.Elapsed ? elapsed : best.Elapsed, work < best.Work ? work : best.Work);
        }

        return best;
    }
}
