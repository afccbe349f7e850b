using BenchmarkDotNet.Attributes;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Benchmarks.Kernels;

/// <summary>Every kernel over every corpus, beside reading the same memory. 32 MiB an operation: 1 ms is 33.6 GB/s.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Length = 32 << 20;

    private byte[] _bytes = [];
    private ReferenceSet _references = ReferenceSet.Create(Corpus.Hashes(0));

    /// <summary>Which bytes.</summary>
    [ParamsSource(nameof(Corpora))]
    public string Bytes { get; set; } = "";

    /// <summary>How many hashes are searched for.</summary>
    [Params(1, 100, 5_000, 100_000)]
    public int Hashes { get; set; }

    /// <summary>What <see cref="Bytes"/> can be.</summary>
    public static IEnumerable<string> Corpora => Corpus.Names;

    /// <summary>Makes the bytes, and checks that every kernel finds in them what the oracle does.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _bytes = Corpus.Make(Bytes, Length, Corpus.Hashes(Hashes));
        _references = ReferenceSet.Create(Corpus.Hashes(Hashes));
        foreach (ScanKernel kernel in ScanKernels.Supported)
        {
            TallySink.CheckAgainstOracle(kernel, _bytes.AsSpan(0, Length / 16), _references);
        }
    }

    /// <summary>The ceiling.</summary>
    [Benchmark(Baseline = true)]
    public ulong ReadingMemory() => MemoryRead.Xor(_bytes);

    /// <summary>64 bytes at a time.</summary>
    [Benchmark]
    public long Vector512() => TallySink.Of(ScanKernel.Vector512, _bytes, _references).Count;

    /// <summary>32 bytes at a time.</summary>
    [Benchmark]
    public long Vector256() => TallySink.Of(ScanKernel.Vector256, _bytes, _references).Count;

    /// <summary>16 bytes at a time.</summary>
    [Benchmark]
    public long Vector128() => TallySink.Of(ScanKernel.Vector128, _bytes, _references).Count;
}
