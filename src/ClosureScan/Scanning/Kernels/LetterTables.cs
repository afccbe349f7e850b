namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// The letters as tables for byte shuffles. They lie in three rows of ASCII: 0x30 (0–9), 0x60 (a–d, f–n) and 0x70 (p–s, v–z).
/// A byte is a letter when the entry of its low half and the entry of its high half have a bit in common: one bit a row.
/// </summary>
internal static class LetterTables
{
    private const byte Digits = 1;
    private const byte AToN = 2;
    private const byte PToZ = 4;

    /// <summary>For each low half, the rows in which it is a letter.</summary>
    public static ReadOnlySpan<byte> RowsOfLowHalf =>
    [
        Digits | PToZ,
        Digits | AToN | PToZ,
        Digits | AToN | PToZ,
        Digits | AToN | PToZ,
        Digits | AToN,
        Digits,
        Digits | AToN | PToZ,
        Digits | AToN | PToZ,
        Digits | AToN | PToZ,
        Digits | AToN | PToZ,
        AToN | PToZ,
        AToN,
        AToN,
        AToN,
        AToN,
        0,
    ];

    /// <summary>For each high half, its row.</summary>
    public static ReadOnlySpan<byte> RowOfHighHalf => [0, 0, 0, Digits, 0, 0, AToN, PToZ, 0, 0, 0, 0, 0, 0, 0, 0];
}
