namespace ClosureScan.Scanning.Kernels;

/// <summary>The ways to search; all give the same answers.</summary>
internal enum ScanKernel
{
    /// <summary>One byte after the other: the oracle, and what is left where there are no vectors.</summary>
    Scalar,

    /// <summary>16 bytes at a time: SSSE3, NEON.</summary>
    Vector128,

    /// <summary>32 bytes at a time: AVX2.</summary>
    Vector256,

    /// <summary>64 bytes at a time: AVX-512BW, better with VBMI.</summary>
    Vector512,
}
