using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Classifies 32 bytes by two shuffles of <see cref="LetterTables"/>. Avx2.Shuffle and not Vector256.Shuffle: the tables are
/// the same in both halves, so the one instruction that shuffles within halves is enough.
/// </summary>
internal readonly struct Vector256Letters : ILetterClassifier
{
    public static bool IsSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonLetters64(ref readonly byte start) =>
        NonLetters32(in start) | ((ulong)NonLetters32(in Unsafe.Add(ref Unsafe.AsRef(in start), 32)) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonLetters32(ref readonly byte start)
    {
        Vector256<byte> rowsOfLowHalf = Vector256.Create(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LetterTables.RowsOfLowHalf)));
        Vector256<byte> rowOfHighHalf = Vector256.Create(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LetterTables.RowOfHighHalf)));
        Vector256<byte> bytes = Vector256.LoadUnsafe(in start);

        // The shuffle looks at the low half of an index and gives 0 where the top bit is set: no letter has it set.
        Vector256<byte> highHalves = (bytes.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);
        Vector256<byte> rows = Avx2.Shuffle(rowsOfLowHalf, bytes) & Avx2.Shuffle(rowOfHighHalf, highHalves);
        return Vector256.Equals(rows, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }
}
