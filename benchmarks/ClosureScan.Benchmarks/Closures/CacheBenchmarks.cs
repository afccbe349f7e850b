using BenchmarkDotNet.Attributes;
using ClosureScan.Paths;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>Binary caches of compressed NARs by one job, beside the decompressor as a program of its own.</summary>
[MemoryDiagnoser]
public class CacheBenchmarks
{
    private const int Paths = 4;

    private string _scratch = "";
    private string _cache = "";
    private StorePath[] _roots = [];

    /// <summary>The program, which is also the method's name.</summary>
    [Params("xz", "zstd")]
    public string Compression { get; set; } = "";

    /// <summary>Makes the cache, and checks that every NAR in it is as its narinfo says.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _scratch = Directory.CreateTempSubdirectory("closurescan-caches-").FullName;
        StoreCorpus corpus = StoreCorpus.MakePrograms(_scratch);
        _cache = Path.Combine(_scratch, "cache");
        _roots = [.. corpus.Paths.Take(Paths)];
        CacheTrial.Make(corpus, _roots, Compression, "-3", _cache);
        Scanning();
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_scratch, recursive: true);

    /// <summary>The ceiling.</summary>
    [Benchmark(Baseline = true)]
    public string Decompressing() => Shell.Run($"{Compression} -dc {Shell.Quote(_cache)}/nar/* > /dev/null");

    /// <summary>The scan, hashes checked.</summary>
    [Benchmark]
    public void Scanning() => CacheTrial.ScanCache(_cache, _roots);
}
