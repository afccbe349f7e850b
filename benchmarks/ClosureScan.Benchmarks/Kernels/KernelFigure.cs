namespace ClosureScan.Benchmarks.Kernels;

/// <summary>How fast a kernel was, and reading the same memory, in bytes a second.</summary>
internal readonly record struct KernelFigure(double Speed, double Ceiling)
{
    /// <summary>The part of the ceiling that was reached.</summary>
    public double Ratio => Speed / Ceiling;
}
