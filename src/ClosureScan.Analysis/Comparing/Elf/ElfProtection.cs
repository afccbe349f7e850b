using ClosureScan.Platforms.Elf;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>How a file is hardened, and what its notes and attributes say of its code.</summary>
internal static class ElfProtection
{
    private const uint SegmentStack = 0x6474e551;
    private const uint SegmentReadOnlyAfterRelocation = 0x6474e552;
    private const uint FlagExecute = 1;
    private const ulong DynamicTextRelocations = 22;
    private const ulong DynamicBindNow = 24;
    private const ulong DynamicFlags = 30;
    private const ulong FlagBindNow = 8;
    private const ulong FlagTextRelocations = 4;
    private const ulong Flag1Now = 1;

    public static void Compare(ElfSidePair sides)
    {
        foreach ((string name, Func<ElfImage, string> read, string meaning) in Checks)
        {
            string cross = read(sides.Cross);
            string native = read(sides.Native);
            if (cross != native)
            {
                sides.Add(DifferenceKind.Hardening, name, cross, native, meaning);
            }
        }

        CompareProperties(sides);
        CompareAttributes(sides);
    }

    private static IEnumerable<(string Name, Func<ElfImage, string> Read, string Meaning)> Checks =>
    [
        ("stack", image => Stack(image), "whether data on the stack can be run"),
        ("relro", image => Has(image, SegmentReadOnlyAfterRelocation) ? "yes" : "no", "whether the loader's tables become read-only"),
        ("bind-now", image => YesNo(HasTag(image, DynamicBindNow) || HasFlag(image, DynamicFlags, FlagBindNow) || HasFlag(image, DynamicFlags1, Flag1Now)), "whether all symbols are bound at the start"),
        ("text-relocations", image => YesNo(HasTag(image, DynamicTextRelocations) || HasFlag(image, DynamicFlags, FlagTextRelocations)), "whether code is written to when it is loaded"),
        ("position-independent", image => YesNo(image.Header.Type != TypeExecutable), "whether a program can lie anywhere in memory"),
    ];

    private static string Stack(ElfImage image)
    {
        foreach (ElfSegment segment in image.Segments)
        {
            if (segment.Type == SegmentStack)
            {
                return (segment.Flags & FlagExecute) != 0 ? "executable" : "data";
            }
        }

        return image.IsObject ? "not told" : "executable";
    }

    private static bool Has(ElfImage image, uint type)
    {
        foreach (ElfSegment segment in image.Segments)
        {
            if (segment.Type == type)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTag(ElfImage image, ulong tag) => image.Dynamic.Any(entry => entry.Tag == tag);

    private static bool HasFlag(ElfImage image, ulong tag, ulong flag) => image.Dynamic.Any(entry => entry.Tag == tag && (entry.Value & flag) != 0);

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static void CompareProperties(ElfSidePair sides)
    {
        SortedDictionary<string, string> cross = GnuProperties.Read(sides.Cross);
        SortedDictionary<string, string> native = GnuProperties.Read(sides.Native);
        AddFields(sides, DifferenceKind.Properties, cross, native);
    }

    private static void CompareAttributes(ElfSidePair sides) =>
        AddFields(sides, DifferenceKind.Attributes, BuildAttributes.Read(sides.Cross), BuildAttributes.Read(sides.Native));

    private static void AddFields(ElfSidePair sides, DifferenceKind kind, SortedDictionary<string, string> cross, SortedDictionary<string, string> native)
    {
        foreach (string name in cross.Keys.Union(native.Keys).Order(StringComparer.Ordinal))
        {
            string? one = cross.GetValueOrDefault(name);
            string? other = native.GetValueOrDefault(name);
            if (one != other)
            {
                sides.Add(kind, name, one, other);
            }
        }
    }
}
