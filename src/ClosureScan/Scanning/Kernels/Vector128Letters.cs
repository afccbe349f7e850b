using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClosureScan.Scanning.Kernels;

/// <summary>Classifies 16 bytes by two shuffles of <see cref="LetterTables"/>, in the instructions of any machine.</summary>
internal readonly struct Vector128Letters : ILetterClassifier
{
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonLetters64(ref readonly byte start) =>
        NonLetters32(in start) | ((ulong)NonLetters32(in Unsafe.Add(ref Unsafe.AsRef(in start), 32)) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonLetters32(ref readonly byte start) =>
        NonLetters16(in start) | (NonLetters16(in Unsafe.Add(ref Unsafe.AsRef(in start), 16)) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NonLetters16(ref readonly byte start)
    {
        Vector128<byte> rowsOfLowHalf = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LetterTables.RowsOfLowHalf));
        Vector128<byte> rowOfHighHalf = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LetterTables.RowOfHighHalf));
        Vector128<byte> bytes = Vector128.LoadUnsafe(in start);

        // ShuffleNative leaves indices over 15 to the machine; there are none here.
        Vector128<byte> rows = Vector128.ShuffleNative(rowsOfLowHalf, bytes & Vector128.Create((byte)0x0F))
            & Vector128.ShuffleNative(rowOfHighHalf, bytes >>> 4);
        return Vector128.Equals(rows, Vector128<byte>.Zero).ExtractMostSignificantBits();
    }
}
