using BenchmarkDotNet.Running;
using ClosureScan.Benchmarks.Kernels;

if (args is ["kernels", .. string[] corpora])
{
    return KernelComparison.Run(corpora);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
