using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Evidence;

/// <summary>The sections of an ELF file that have bytes in it, found by offset; a large object has tens of thousands, and hits as many.</summary>
internal sealed class ElfSections
{
    private readonly ElfFile _elf;
    private readonly ElfSection[] _sections;
    private readonly string?[] _names;

    /// <summary>Takes the sections of <paramref name="elf"/>.</summary>
    public ElfSections(ElfFile elf)
    {
        _elf = elf;
        _sections = [.. elf.Sections
            .Where(static section => section.Size > 0 && section.Type is not (SectionNull or SectionNoBits))
            .OrderBy(static section => section.Offset)];
        _names = new string?[_sections.Length];
    }

    /// <summary>Which section holds the byte at <paramref name="offset"/>: in a malformed file where several do, the one that begins last; -1 for none.</summary>
    public int Find(long offset)
    {
        int low = 0, high = _sections.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sections[middle].Offset <= (ulong)offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && _sections[low - 1].Contains(offset) ? low - 1 : -1;
    }

    /// <summary>The section at an index that <see cref="Find"/> gave.</summary>
    public ref readonly ElfSection this[int index] => ref _sections[index];

    /// <summary>Its name; empty when it cannot be had.</summary>
    public string NameOf(in FileView view, int index) => _names[index] ??= _elf.ReadName(view, _sections[index]) ?? "";
}
