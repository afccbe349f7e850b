namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>
/// How far things lie elsewhere in one file than in the other. When a string grows, all behind it moves, and every address, distance and offset
/// that crosses it changes by a difference of two such moves: those, and no others, are explained by layout.
/// </summary>
internal sealed class AddressShifts
{
    private readonly HashSet<long> _places = [0];
    private readonly HashSet<long> _explained = [0];

    public AddressShifts(ElfImage cross, ElfImage native)
    {
        foreach (ElfPart part in cross.Parts)
        {
            if (part.Section.IsAllocated && part.Name.Length > 0 && native.Find(part.Name) is { } other)
            {
                // A section's start and its end: what grew moved only what lies behind.
                Add(unchecked((long)(other.Section.Address - part.Section.Address)));
                Add(unchecked((long)(other.Section.Address + other.Section.Size - part.Section.Address - part.Section.Size)));
            }
        }
    }

    /// <summary>Whether anything moved at all.</summary>
    public bool IsEmpty => _places.Count == 1;

    /// <summary>Takes note of one more place that lies elsewhere, native minus cross.</summary>
    public void Add(long shift)
    {
        // Real files have a few dozen; a malformed one is not worth more.
        const int MaxPlaces = 256;
        if (_places.Count >= MaxPlaces || !_places.Add(shift))
        {
            return;
        }

        foreach (long other in _places)
        {
            _explained.Add(shift - other);
            _explained.Add(other - shift);
        }
    }

    /// <summary>Whether two values of <paramref name="bits"/> bits, native minus cross, differ by a move.</summary>
    public bool Explains(long difference, int bits)
    {
        long value = bits >= 64 ? difference : difference << (64 - bits) >> (64 - bits);
        return _explained.Contains(value);
    }

    /// <summary>Whether a part of an address, its bits from <paramref name="low"/> on, can differ so; the bits below may carry into it.</summary>
    public bool ExplainsPart(long difference, int low, int bits)
    {
        long mask = (1L << bits) - 1;
        foreach (long shift in _explained)
        {
            long part = (shift >> low) & mask;
            if (part == (difference & mask) || (low > 0 && ((part + 1) & mask) == (difference & mask)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the whole of a pointer's section of data is what it was, but for addresses.</summary>
    public bool ExplainsWords(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, bool is64Bit, bool isBigEndian)
    {
        if (cross.Length != native.Length)
        {
            return false;
        }

        int wide = is64Bit ? 8 : 4;
        for (int at = 0; at < cross.Length;)
        {
            int same = cross[at..].CommonPrefixLength(native[at..]);
            at += same;
            if (at >= cross.Length)
            {
                break;
            }

            int narrow = at & ~3;
            int word = at & ~(wide - 1);
            bool explained =
                (word + wide <= cross.Length && Explains(Read(native, word, wide, isBigEndian) - Read(cross, word, wide, isBigEndian), wide * 8))
                || (narrow + 4 <= cross.Length && Explains(Read(native, narrow, 4, isBigEndian) - Read(cross, narrow, 4, isBigEndian), 32));
            if (!explained)
            {
                return false;
            }

            at = narrow + 4;
        }

        return true;
    }

    private static long Read(ReadOnlySpan<byte> bytes, int at, int size, bool isBigEndian)
    {
        Platforms.EndianSpan span = new(bytes[at..], isBigEndian);
        return size == 8 ? unchecked((long)span.UInt64(0)) : span.UInt32(0);
    }
}
