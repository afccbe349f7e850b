using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>
/// Which words of a section are addresses: in what the loader or linker relocates, the places it is told of; in a program that is bound to its
/// place, words that lie in the same section on both sides. Where code has another length, addresses tell nothing, and are left out.
/// </summary>
internal sealed class TablePointers
{
    private const uint SectionRelocationsWithAddends = 4;
    private const uint SectionRelocations = 9;

    private readonly ElfSidePair _sides;
    private readonly ElfPart _crossPart;
    private readonly ElfPart _nativePart;
    private readonly HashSet<ulong> _cross;
    private readonly HashSet<ulong> _native;
    private readonly int _wordSize;

    public TablePointers(ElfSidePair sides, ElfPart crossPart, ElfPart nativePart)
    {
        (_sides, _crossPart, _nativePart) = (sides, crossPart, nativePart);
        _cross = Places(sides.Cross, crossPart);
        _native = Places(sides.Native, nativePart);
        _wordSize = sides.Cross.Header.Is64Bit ? 8 : 4;
    }

    /// <summary>Whether two tables differ in addresses alone.</summary>
    public bool Explain(ElfSymbol cross, ElfSymbol native, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Explain(left, right, cross.Value - Base(_sides.Cross, _crossPart), native.Value - Base(_sides.Native, _nativePart));

    /// <summary>Whether all that differs in the whole sections are addresses; of sections of other lengths, whether they hold nothing else.</summary>
    public bool AreAll(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native) => cross.Length == native.Length
        ? Explain(cross, native, 0, 0)
        : _cross.Count * _wordSize >= cross.Length && _native.Count * _wordSize >= native.Length;

    private bool Explain(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ulong crossStart, ulong nativeStart)
    {
        for (int at = 0; at < left.Length;)
        {
            at += left[at..].CommonPrefixLength(right[at..]);
            if (at >= left.Length)
            {
                break;
            }

            int word = at & ~(_wordSize - 1);
            bool isPointer = word + _wordSize <= left.Length
                && ((_cross.Contains(crossStart + (ulong)word) && _native.Contains(nativeStart + (ulong)word)) || IsBound(left[word..], right[word..]));
            if (!isPointer)
            {
                return false;
            }

            at = word + _wordSize;
        }

        return true;
    }

    private bool IsBound(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native) =>
        _sides.Cross.Header.Type == TypeExecutable
        && SectionAt(_sides.Cross, Read(cross)) is { } one && one == SectionAt(_sides.Native, Read(native));

    private ulong Read(ReadOnlySpan<byte> bytes)
    {
        EndianSpan span = new(bytes, _sides.Cross.Header.IsBigEndian);
        return _wordSize == 8 ? span.UInt64(0) : span.UInt32(0);
    }

    private static string? SectionAt(ElfImage image, ulong address) => image.Parts.FirstOrDefault(part =>
        part.Section.IsAllocated && part.Section.Address != 0 && address >= part.Section.Address && address - part.Section.Address < part.Section.Size)?.Name;

    private static ulong Base(ElfImage image, ElfPart part) => image.IsObject ? 0 : part.Section.Address;

    /// <summary>The offsets in a section that are relocated.</summary>
    private static HashSet<ulong> Places(ElfImage image, ElfPart part)
    {
        HashSet<ulong> places = [];
        foreach (ElfPart table in image.Parts)
        {
            if (table.Section.Type is not (SectionRelocations or SectionRelocationsWithAddends) || (image.IsObject && table.Section.Info != part.Index))
            {
                continue;
            }

            ReadOnlySpan<byte> bytes = image.Bytes(table);
            int size = (image.Header.Is64Bit ? 16 : 8) + (table.Section.Type == SectionRelocationsWithAddends ? (image.Header.Is64Bit ? 8 : 4) : 0);
            for (int at = 0; at + size <= bytes.Length; at += size)
            {
                EndianSpan entry = new(bytes[at..], image.Header.IsBigEndian);
                ulong offset = (image.Header.Is64Bit ? entry.UInt64(0) : entry.UInt32(0)) - Base(image, part);
                if (offset < part.Section.Size)
                {
                    places.Add(offset);
                }
            }
        }

        return places;
    }
}
