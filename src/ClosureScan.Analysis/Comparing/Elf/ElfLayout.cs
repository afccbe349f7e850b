using System.Globalization;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>Where things lie: the page size that a linker aligned for.</summary>
internal static class ElfLayout
{
    public static void Compare(ElfSidePair sides)
    {
        ulong cross = Alignment(sides.Cross);
        ulong native = Alignment(sides.Native);
        if (cross != native)
        {
            sides.Add(DifferenceKind.Layout, "page-size", Hex(cross), Hex(native), "segments are aligned to pages of another size: another linker, a file of another length, no other code");
        }
    }

    private static ulong Alignment(ElfImage image)
    {
        ulong largest = 0;
        foreach (Platforms.Elf.ElfSegment segment in image.Segments)
        {
            largest = segment.Type == SegmentLoad ? Math.Max(largest, segment.Alignment) : largest;
        }

        return largest;
    }

    private static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
}
