using System.Numerics;
using System.Runtime.InteropServices;

namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Finds a hash among the wanted ones, exactly. Open addressing with linear steps; a slot holds an index and as many bits of
/// the window's hash as are left of 32, so that a near-miss is turned away without a look at the letters. Immutable.
/// </summary>
internal sealed class HashTable
{
    private readonly byte[] _letters;
    private readonly uint[] _slots;
    private readonly int _shift;
    private readonly uint _indexMask;

    /// <summary>Makes a table for different hashes of 32 bytes each, one after the other. The array must not change afterwards.</summary>
    public HashTable(byte[] letters)
    {
        uint count = (uint)letters.Length / 32;
        _letters = letters;
        _indexMask = BitOperations.RoundUpToPowerOf2(count + 1) - 1;
        _slots = new uint[Math.Max(16, BitOperations.RoundUpToPowerOf2(count * 2))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        for (uint index = 0; index < count; index++)
        {
            ulong hash = WindowHash.OfWindow(ref letters[index * 32]);
            uint slot = (uint)(hash >> _shift);
            while (_slots[slot] != 0)
            {
                slot = Next(slot);
            }

            _slots[slot] = ((uint)hash & ~_indexMask) | (index + 1);
        }
    }

    /// <summary>The index of the hash with the letters of <paramref name="window"/>, or -1.</summary>
    /// <param name="window">32 bytes.</param>
    /// <param name="hash">Their <see cref="WindowHash.OfWindow"/>.</param>
    public int IndexOf(ReadOnlySpan<byte> window, ulong hash)
    {
        // At least half of the slots are empty.
        for (uint slot = (uint)(hash >> _shift); _slots[slot] != 0; slot = Next(slot))
        {
            uint entry = _slots[slot];
            if (((entry ^ (uint)hash) & ~_indexMask) == 0)
            {
                int index = (int)(entry & _indexMask) - 1;
                if (window.SequenceEqual(_letters.AsSpan(index * 32, 32)))
                {
                    return index;
                }
            }
        }

        return -1;
    }

    private uint Next(uint slot) => (slot + 1) & (uint)(_slots.Length - 1);
}
