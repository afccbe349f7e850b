namespace ClosureScan.Scanning.Kernels;

/// <summary>Knows which kernels this machine can run, picks one, and calls it.</summary>
internal static class ScanKernels
{
    private static ScanKernel? _default;

    /// <summary>Set to the name of a <see cref="ScanKernel"/>, in any case, it forces that kernel.</summary>
    public const string Variable = "CLOSURESCAN_KERNEL";

    /// <summary>
    /// What this machine can run, best first: the widest vector. Data in memory is read as fast by 32 bytes as by 64,
    /// but what lies in a cache is searched about twice as fast, and the 128-byte table of VBMI halves the instructions.
    /// Clock drops of early AVX-512 machines come from multiplications and floating point, which are not used here.
    /// </summary>
    public static IReadOnlyList<ScanKernel> Supported { get; } =
    [
        .. Vector512Letters.IsSupported ? [ScanKernel.Vector512] : (ReadOnlySpan<ScanKernel>)[],
        .. Vector256Letters.IsSupported ? [ScanKernel.Vector256] : (ReadOnlySpan<ScanKernel>)[],
        .. Vector128Letters.IsSupported ? [ScanKernel.Vector128] : (ReadOnlySpan<ScanKernel>)[],
        ScanKernel.Scalar,
    ];

    /// <summary>The kernel for this process.</summary>
    /// <exception cref="PlatformNotSupportedException">The environment asks for a kernel that there is not, or not here.</exception>
    public static ScanKernel Default => _default ??= Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The kernel named <paramref name="wish"/>, the best one without a wish.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no such kernel, or this machine cannot run it.</exception>
    public static ScanKernel Choose(string? wish)
    {
        if (string.IsNullOrEmpty(wish))
        {
            return Supported[0];
        }

        foreach (ScanKernel kernel in Supported)
        {
            if (kernel.ToString().Equals(wish, StringComparison.OrdinalIgnoreCase))
            {
                return kernel;
            }
        }

        throw new PlatformNotSupportedException(
            $"{Variable}={wish} names no kernel that this machine can run; it can run {string.Join(", ", Supported).ToLowerInvariant()}.");
    }

    /// <summary>
    /// Tells <paramref name="sink"/> every window of <paramref name="bytes"/> that is a wanted hash, in the order of their
    /// offsets, counted from <paramref name="offset"/>.
    /// </summary>
    public static void Search<TSink>(ScanKernel kernel, ReadOnlySpan<byte> bytes, long offset, ReferenceSet references, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        switch (kernel)
        {
            case ScanKernel.Vector512:
                LetterRunKernel<Vector512Letters>.Search(bytes, offset, references.Index, ref sink);
                break;
            case ScanKernel.Vector256:
                LetterRunKernel<Vector256Letters>.Search(bytes, offset, references.Index, ref sink);
                break;
            case ScanKernel.Vector128:
                LetterRunKernel<Vector128Letters>.Search(bytes, offset, references.Index, ref sink);
                break;
            default:
                ScalarKernel.Search(bytes, offset, references, ref sink);
                break;
        }
    }
}
