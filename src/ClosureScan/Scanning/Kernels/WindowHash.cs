using System.Runtime.CompilerServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>Hashes the letters of a window, whole or 8 of them. The high bits are the good ones.</summary>
internal static class WindowHash
{
    private const ulong Multiplier0 = 0x9E37_79B9_7F4A_7C15;
    private const ulong Multiplier1 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Multiplier2 = 0x1656_67B1_9E37_79F9;
    private const ulong Multiplier3 = 0x85EB_CA77_C2B2_AE63;
    private const ulong Finisher = 0xD6E8_FEB8_6659_FD93;

    /// <summary>Of the 8 bytes from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfGram(ref byte start) => Unsafe.ReadUnaligned<ulong>(ref start) * Multiplier0;

    /// <summary>Of the 32 bytes from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfWindow(ref byte start)
    {
        ulong sum = (Unsafe.ReadUnaligned<ulong>(ref start) * Multiplier0)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 8)) * Multiplier1)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 16)) * Multiplier2)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 24)) * Multiplier3);
        return (sum ^ (sum >> 32)) * Finisher;
    }
}
