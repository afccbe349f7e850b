using ClosureScan.Analysis.Comparing.Files;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>
/// Compares two ELF files by what they mean: what they ask for and give, how they are protected, their data, their code. Sections that a
/// linker derives from these are not compared byte by byte.
/// </summary>
internal static class ElfComparer
{
    public static void Compare(FilePair pair, FileVerdict verdict)
    {
        if (!ElfImage.TryRead(pair.Cross.Bytes, out ElfImage? cross) || !ElfImage.TryRead(pair.Native.Bytes, out ElfImage? native))
        {
            ByteComparer.Compare(pair, verdict);
            return;
        }

        if (ElfBlanking.IsSame(pair, cross, native, verdict))
        {
            return;
        }

        FileVerdict structure = new();
        ElfSidePair sides = new(pair, cross, native, structure);
        if (cross.Header.Machine != native.Header.Machine || cross.Header.Is64Bit != native.Header.Is64Bit || cross.Header.IsBigEndian != native.Header.IsBigEndian)
        {
            // For another machine everything differs, and nothing more is worth saying.
            sides.Add(DifferenceKind.Machine, "", Fingerprints.Machine.Of(pair.Cross.Bytes)?.ToString(), Fingerprints.Machine.Of(pair.Native.Bytes)?.ToString());
            verdict.Add(structure);
            return;
        }

        ElfInterface.Compare(sides);
        ElfProtection.Compare(sides);
        ElfContents.Compare(sides);
        ElfLayout.Compare(sides);
        ElfBlanking.NameUsed(cross, native, verdict);
        if (structure.Differences.Count == 0)
        {
            // Something moved only where the bytes of some section say so, too.
            bool isMoved = ElfContents.AnyDiffers(sides);
            sides.Add(
                isMoved ? DifferenceKind.Layout : DifferenceKind.Bytes, "", null, null,
                isMoved ? "strings or sections moved, nothing else" : "headers or padding differ, and no section does");
        }

        verdict.Add(structure);
    }
}
