using ClosureScan.Analysis.Comparing.Files;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>The volatile sections of ELF files: blanked, for the level L2, and only those that differ are named.</summary>
internal static class ElfBlanking
{
    private static readonly (string Section, string Mask)[] Sections =
    [
        (".note.gnu.build-id", VolatileFields.BuildId),
        (".gnu_debuglink", VolatileFields.DebugLink),
        (".comment", VolatileFields.Comment),
    ];

    /// <summary>Whether a section is one of these.</summary>
    public static bool Covers(string section) => Array.Exists(Sections, item => item.Section == section);

    /// <summary>Whether nothing differs but these; then they are noted.</summary>
    public static bool IsSame(FilePair pair, ElfImage cross, ElfImage native, FileVerdict verdict)
    {
        if (pair.Cross.Bytes.Length != pair.Native.Bytes.Length)
        {
            return false;
        }

        byte[] left = Blank(pair.Cross.Bytes, cross);
        byte[] right = Blank(pair.Native.Bytes, native);
        SidedContents one = pair.Cross.With(left);
        SidedContents other = pair.Native.With(right);
        if (!one.Common.AsSpan().SequenceEqual(other.Common))
        {
            return false;
        }

        if (one.NamesDiffer || other.NamesDiffer)
        {
            verdict.Mask(VolatileFields.Names);
        }

        NameUsed(cross, native, verdict);
        return true;
    }

    /// <summary>Notes those that differ.</summary>
    public static void NameUsed(ElfImage cross, ElfImage native, FileVerdict verdict)
    {
        foreach ((string section, string mask) in Sections)
        {
            if (!cross.Bytes(cross.Find(section)).SequenceEqual(native.Bytes(native.Find(section))))
            {
                verdict.Mask(mask);
            }
        }
    }

    private static byte[] Blank(byte[] bytes, ElfImage image)
    {
        byte[] blanked = [.. bytes];
        foreach ((string section, _) in Sections)
        {
            if (image.Find(section) is { } part && !image.Bytes(part).IsEmpty)
            {
                blanked.AsSpan((int)part.Section.Offset, (int)part.Section.Size).Clear();
            }
        }

        return blanked;
    }
}
