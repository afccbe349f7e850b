using BenchmarkDotNet.Attributes;
using ClosureScan.Benchmarks.Closures;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Walks;

/// <summary>The walks over disk and over NARs with a visitor that does nothing, beside reading the same bytes. Everything is in the page cache.</summary>
[MemoryDiagnoser]
public class WalkBenchmarks : IDisposable
{
    private WalkCorpus? _corpus;
    private string _tree = "";
    private string _nar = "";
    private string[] _files = [];

    /// <summary>Thousands of short files, or one long file.</summary>
    [Params("many", "long")]
    public string Tree { get; set; } = "";

    /// <summary>Makes the tree and its NAR, and checks that all walks see the same.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _corpus = new WalkCorpus();
        _tree = _corpus.PathOf(Tree);
        _nar = _corpus.PathOf("subject.nar");
        _files = Directory.Exists(_tree) ? Directory.GetFiles(_tree, "*", SearchOption.AllDirectories) : [_tree];
        using (FileStream file = File.Create(_nar))
        {
            NarDump.Write(_tree, file);
        }

        long size = new FileInfo(_nar).Length;
        if (DirectoryWalking() != size || NarWalking() != size || ReadingFiles() != _files.Sum(file => new FileInfo(file).Length))
        {
            throw new InvalidOperationException($"The walks of {_tree} disagree.");
        }
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _corpus?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The ceiling on disk.</summary>
    [Benchmark(Baseline = true)]
    public long ReadingFiles() => PlainReading.Read(_files, threads: 1);

    /// <summary>The ceiling of a NAR.</summary>
    [Benchmark]
    public long ReadingTheNar() => PlainReading.Read([_nar], threads: 1);

    /// <summary>The tree on disk.</summary>
    [Benchmark]
    public long DirectoryWalking() => DirectoryWalk.Run(_tree, new IdleVisitor()).NarSize;

    /// <summary>Its NAR.</summary>
    [Benchmark]
    public long NarWalking()
    {
        System.IO.Pipelines.PipeReader pipe = NarSource.OpenFile(_nar);
        long size = NarWalk.RunAsync(pipe, new IdleVisitor()).AsTask().GetAwaiter().GetResult().NarSize;
        pipe.Complete();
        return size;
    }
}
