using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClosureScan.Benchmarks.Kernels;

/// <summary>The ceiling: loads every byte and does next to nothing with it.</summary>
internal static class MemoryRead
{
    /// <summary>Reads all of <paramref name="bytes"/>, whose length is a multiple of 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Xor(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector256<ulong> a = default, b = default, c = default, d = default;
        for (nuint position = 0; position + 256 <= (nuint)bytes.Length; position += 256)
        {
            a ^= Vector256.LoadUnsafe(ref start, position).AsUInt64() ^ Vector256.LoadUnsafe(ref start, position + 32).AsUInt64();
            b ^= Vector256.LoadUnsafe(ref start, position + 64).AsUInt64() ^ Vector256.LoadUnsafe(ref start, position + 96).AsUInt64();
            c ^= Vector256.LoadUnsafe(ref start, position + 128).AsUInt64() ^ Vector256.LoadUnsafe(ref start, position + 160).AsUInt64();
            d ^= Vector256.LoadUnsafe(ref start, position + 192).AsUInt64() ^ Vector256.LoadUnsafe(ref start, position + 224).AsUInt64();
        }

        return Vector256.Sum(a ^ b ^ c ^ d);
    }
}
