using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Tells of 8 letters (a gram) at which offset of a wanted hash they lie. An answer may be wrong, but a gram that is there is
/// never denied. Immutable.
/// </summary>
/// <remarks>
/// One byte an entry: 5 bits of offset and 3 more bits of the gram's hash, which turn away seven in eight of the grams
/// that only share the entry. Grams that meet in an entry leave <see cref="Several"/>, and all 24 offsets have to be tried.
/// Eight entries a gram keep that below one in eight; past <see cref="MaxEntries"/> it becomes commoner, and the search slower by
/// a constant at most, because the table must stay in a cache.
/// </remarks>
internal sealed class GramTable
{
    /// <summary>No wanted hash has the gram at offsets 1 to 24.</summary>
    public const int None = 0;

    /// <summary>The offsets are 1 to this.</summary>
    public const int OffsetCount = 24;

    /// <summary>The gram may lie at any offset.</summary>
    public const int Several = 31;

    private const int OffsetBits = 5;
    private const int OffsetMask = (1 << OffsetBits) - 1;
    private const int CheckBits = 8 - OffsetBits;
    private const int MinEntries = 1 << 12;
    private const int MaxEntries = 1 << 23;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly byte[] _entries;
    private readonly int _shift;

    /// <summary>Makes a table for hashes of 32 bytes each, one after the other.</summary>
    public GramTable(ReadOnlySpan<byte> hashes)
    {
        long grams = (long)hashes.Length / 32 * OffsetCount;
        long entries = Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(grams * 8)), MinEntries, MaxEntries);
        _entries = new byte[entries];
        _shift = 64 - BitOperations.Log2((ulong)entries);
        for (int hash = 0; hash < hashes.Length; hash += 32)
        {
            for (int offset = 1; offset <= OffsetCount; offset++)
            {
                Add(MemoryMarshal.Read<ulong>(hashes[(hash + offset)..]), offset);
            }
        }
    }

    /// <summary>1 to 24, <see cref="Several"/> or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OffsetOf(ulong gram)
    {
        ulong hash = gram * Multiplier;

        // _entries has 2^(64 − _shift) entries.
        int entry = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nuint)(hash >> _shift));
        int offset = entry & OffsetMask;
        return offset == Several || (entry >> OffsetBits) == Check(hash) ? offset : None;
    }

    private void Add(ulong gram, int offset)
    {
        ulong hash = gram * Multiplier;
        ref byte entry = ref _entries[hash >> _shift];
        byte wanted = (byte)(Check(hash) << OffsetBits | offset);
        entry = entry == 0 || entry == wanted ? wanted : (byte)Several;
    }

    // The bits below those that chose the entry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Check(ulong hash) => (int)(hash >> (_shift - CheckBits)) & ((1 << CheckBits) - 1);
}
