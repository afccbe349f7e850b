using BenchmarkDotNet.Running;
using ClosureScan.Benchmarks.Graphs;
using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Benchmarks.Walks;

// A comparison prints a Markdown table for benchmarks/results; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["graph", .. string[] shapes]:
        return GraphComparison.Run(shapes);
    case ["kernels", .. string[] corpora]:
        return KernelComparison.Run(corpora);
    case ["walks", .. string[] paths]:
        return WalkComparison.Run(paths);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
