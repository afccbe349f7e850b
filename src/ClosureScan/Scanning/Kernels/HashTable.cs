using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Finds a hash among the wanted ones, exactly. Open addressing with linear steps; a slot holds an index and as many bits of
/// the key's hash as are left of 32, so that a near-miss is turned away without a look at the hashes. Immutable.
/// </summary>
internal sealed class HashTable
{
    private const ulong Multiplier0 = 0x9E37_79B9_7F4A_7C15;
    private const ulong Multiplier1 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Multiplier2 = 0x1656_67B1_9E37_79F9;
    private const ulong Multiplier3 = 0x85EB_CA77_C2B2_AE63;
    private const ulong Finisher = 0xD6E8_FEB8_6659_FD93;

    private readonly byte[] _hashes;
    private readonly uint[] _slots;
    private readonly int _shift;
    private readonly uint _indexMask;

    /// <summary>Makes a table for different hashes of 32 bytes each, one after the other. The array must not change afterwards.</summary>
    public HashTable(byte[] hashes)
    {
        _hashes = hashes;
        uint count = (uint)hashes.Length / 32;
        _indexMask = BitOperations.RoundUpToPowerOf2(count + 1) - 1;
        _slots = new uint[Math.Max(16, BitOperations.RoundUpToPowerOf2(count * 2))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        for (uint index = 0; index < count; index++)
        {
            ulong key = Key(ref hashes[index * 32]);
            uint slot = (uint)(key >> _shift);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            }

            _slots[slot] = ((uint)key & ~_indexMask) | (index + 1);
        }
    }

    /// <summary>The index of the hash whose 32 bytes begin at <paramref name="window"/>, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(ref readonly byte window)
    {
        // Every slot number is below the count of slots, a power of two; every index in a slot has its hash.
        ref uint slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ulong key = Key(in window);
        uint slot = (uint)(key >> _shift);
        while (true)
        {
            uint entry = Unsafe.Add(ref slots, slot);
            if (entry == 0)
            {
                return -1;
            }

            if (((entry ^ (uint)key) & ~_indexMask) == 0)
            {
                uint index = (entry & _indexMask) - 1;
                if (Matches(in window, index))
                {
                    return (int)index;
                }
            }

            slot = (slot + 1) & (uint)(_slots.Length - 1);
        }
    }

    private bool Matches(ref readonly byte window, uint index) =>
        MemoryMarshal.CreateReadOnlySpan(in window, 32).SequenceEqual(_hashes.AsSpan((int)index * 32, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(ref readonly byte window)
    {
        ref byte bytes = ref Unsafe.AsRef(in window);
        ulong key = (Unsafe.ReadUnaligned<ulong>(ref bytes) * Multiplier0)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 8)) * Multiplier1)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 16)) * Multiplier2)
            + (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 24)) * Multiplier3);
        return (key ^ (key >> 32)) * Finisher;
    }
}
