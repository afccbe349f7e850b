using BenchmarkDotNet.Running;
using ClosureScan.Benchmarks.Closures;
using ClosureScan.Benchmarks.Graphs;
using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Benchmarks.Stores;
using ClosureScan.Benchmarks.Walks;

// A comparison prints a Markdown table for benchmarks/results; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["all"]:
        return Everything.Run();
    case ["compare"]:
        return await TwinComparison.RunAsync();
    case ["closures", .. string[] trials]:
        return Everything.RunClosures(trials);
    case [MemoryTrial.Mode, var path]:
        return MemoryTrial.ScanOnce(path);
    case ["graph", .. string[] shapes]:
        return GraphComparison.Run(shapes);
    case ["kernels", .. string[] corpora]:
        return KernelComparison.Run(corpora, new TargetTable());
    case ["stores"]:
        return await StoreComparison.RunAsync();
    case ["walks", .. string[] paths]:
        return WalkComparison.Run(paths);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
