using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Tests.Scanning;

/// <summary>The kernels as rows of a theory, by name because the type is internal.</summary>
public static class Kernels
{
    /// <summary>Every kernel.</summary>
    public static TheoryData<string> All => [.. Enum.GetNames<ScanKernel>()];

    /// <summary>The kernel of that name; the test is skipped where the machine cannot run it.</summary>
    internal static ScanKernel Named(string name)
    {
        ScanKernel kernel = Enum.Parse<ScanKernel>(name);
        if (!ScanKernels.Supported.Contains(kernel))
        {
            Assert.Skip($"This machine cannot run {name}.");
        }

        return kernel;
    }
}
