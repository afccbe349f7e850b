using BenchmarkDotNet.Attributes;
using ClosureScan.Stores;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>Whole closures on disk, beside reading their files. Everything is in the page cache.</summary>
[MemoryDiagnoser]
public class ClosureBenchmarks
{
    private string _scratch = "";
    private StoreCorpus? _corpus;
    private string[] _files = [];

    /// <summary>Thousands of short texts, or the programs of the .NET installation.</summary>
    [Params("sources", "programs")]
    public string Closure { get; set; } = "";

    /// <summary>How many paths are scanned at once.</summary>
    [Params(1, 2)]
    public int Jobs { get; set; }

    /// <summary>Makes the closure, and checks that each path refers to what it was given.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _scratch = Directory.CreateTempSubdirectory("closurescan-closures-").FullName;
        _corpus = Closure == "sources" ? StoreCorpus.MakeSources(_scratch) : StoreCorpus.MakePrograms(_scratch);
        _files = Directory.GetFiles(_corpus.StoreFolder, "*", SearchOption.AllDirectories);
        ScannedClosure scanned = ClosureTrial.Scan(_corpus, Jobs);
        if (scanned.Paths.Any(path => path.Scan!.References.Length != path.Info.References!.Value.Length))
        {
            throw new InvalidOperationException($"The references found in {_corpus} are not those it was made with.");
        }
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_scratch, recursive: true);

    /// <summary>The ceiling.</summary>
    [Benchmark(Baseline = true)]
    public long ReadingFiles() => PlainReading.Read(_files, Jobs);

    /// <summary>The scan, as the command line does it.</summary>
    [Benchmark]
    public int Scanning() => ClosureTrial.Scan(_corpus!, Jobs).Paths.Length;
}
