using System.Globalization;
using System.Text;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>What a file is made of: its tables by their names, its strings, its other data, its code.</summary>
internal static class ElfContents
{
    private const int MaxNamed = 50;
    private const int MaxText = 200;

    /// <summary>What the linker makes of the symbols, libraries and code that are compared themselves.</summary>
    private static readonly string[] Derived =
    [
        ".plt", ".iplt", ".got", ".dynsym", ".dynstr", ".gnu.hash", ".hash", ".gnu.version", ".rel", ".dynamic", ".interp", ".symtab", ".strtab", ".shstrtab",
        ".eh_frame", ".ARM.exidx", ".ARM.extab", ".gcc_except_table", ".note", ".debug", ".gnu_debugdata", ".gnu.lto", ".stab", ".symtab_shndx", ".group", ".gnu_debugaltlink",
    ];

    public static void Compare(ElfSidePair sides)
    {
        List<ElfPart> code = [];
        foreach (ElfPart part in sides.Cross.Parts.Where(part => !IsDerived(part)))
        {
            ElfPart? other = sides.Native.Find(part.Name);
            if (other is null)
            {
                sides.Add(DifferenceKind.Data, part.Name, Size(part), null);
            }
            else if (part.Section.IsExecutable)
            {
                code.Add(part);
            }
            else if (part.Section.IsAllocated && part.Section.Type == SectionNoBits)
            {
                // Room that is cleared at the start: what lies in it is told by the symbols and by the code.
                sides.Shifts.Add(unchecked((long)(other.Section.Address - part.Section.Address)));
            }
            else if (part.Section.IsAllocated)
            {
                CompareData(sides, part, other);
            }
        }

        foreach (ElfPart part in sides.Native.Parts.Where(part => !IsDerived(part) && sides.Cross.Find(part.Name) is null))
        {
            sides.Add(DifferenceKind.Data, part.Name, null, Size(part));
        }

        // Behind the data: where the strings of a section moved is known now.
        foreach (ElfPart part in code)
        {
            CompareCode(sides, part, sides.Native.Find(part.Name)!);
        }

        CompareDebugInformation(sides);
        if (sides.Shifts.IsEmpty && sides.Verdict.Differences.Count == 0)
        {
            CompareDerived(sides);
        }
    }

    /// <summary>Where nothing moved, what the linker derives is the same, too, and a byte that differs there is told.</summary>
    private static void CompareDerived(ElfSidePair sides)
    {
        foreach (ElfPart part in sides.Cross.Parts.Where(part => !ElfBlanking.Covers(part.Name) && sides.Native.Find(part.Name) is not null))
        {
            byte[] cross = sides.Pair.Cross.With(sides.Cross.Bytes(part).ToArray()).Common;
            byte[] native = sides.Pair.Native.With(sides.Native.Bytes(sides.Native.Find(part.Name)).ToArray()).Common;
            if (!cross.AsSpan().SequenceEqual(native))
            {
                sides.Add(DifferenceKind.Data, part.Name, Size(part), Size(sides.Native.Find(part.Name)!), Ratio(cross, native));
            }
        }

    }

    /// <summary>
    /// Whether the bytes of any section differ, the volatile ones left out. Where only headers differ none does, wherever they say that the
    /// sections begin and end.
    /// </summary>
    public static bool AnyDiffers(ElfSidePair sides) =>
        !sides.Cross.WithoutHeaders().AsSpan().SequenceEqual(sides.Native.WithoutHeaders())
        && sides.Cross.Parts.Any(part =>
            !ElfBlanking.Covers(part.Name)
            && (sides.Native.Find(part.Name) is not { } other || !sides.Cross.Bytes(part).SequenceEqual(sides.Native.Bytes(other))));

    private static bool IsDerived(ElfPart part) =>
        ElfBlanking.Covers(part.Name)
        || part.Section.Type is SectionAttributes or SectionNull
        || Array.Exists(Derived, name => part.Name.StartsWith(name, StringComparison.Ordinal));

    private static void CompareData(ElfSidePair sides, ElfPart part, ElfPart other)
    {
        ReadOnlySpan<byte> cross = sides.Cross.Bytes(part);
        ReadOnlySpan<byte> native = sides.Native.Bytes(other);
        if (Explains(sides, cross, native))
        {
            return;
        }

        if (CompareTables(sides, part, other) || MovedText.IsSame(sides, part, other))
        {
            return;
        }

        HashSet<string> left = [.. Strings(cross).Select(sides.Pair.Cross.Word)];
        HashSet<string> right = [.. Strings(native).Select(sides.Pair.Native.Word)];
        string[] gained = [.. left.Except(right)];
        string[] lost = [.. right.Except(left)];
        foreach (string text in gained.Take(MaxNamed))
        {
            sides.Add(DifferenceKind.Data, $"{part.Name} text", Quote(text), null);
        }

        foreach (string text in lost.Take(MaxNamed))
        {
            sides.Add(DifferenceKind.Data, $"{part.Name} text", null, Quote(text));
        }

        bool isPointers = new TablePointers(sides, part, other).AreAll(cross, native);
        if (gained.Length + lost.Length == 0 && !isPointers && (part.Section.Size != other.Section.Size || !Explains(sides, cross, native)))
        {
            sides.Add(DifferenceKind.Data, part.Name, Size(part), Size(other), Ratio(cross, native));
        }
    }

    private static bool Explains(ElfSidePair sides, ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native) =>
        cross.SequenceEqual(native) || sides.Shifts.ExplainsWords(cross, native, sides.Cross.Header.Is64Bit, sides.Cross.Header.IsBigEndian);

    /// <summary>Tables that have a name, and one size on both sides. True when they explain all that differs.</summary>
    private static bool CompareTables(ElfSidePair sides, ElfPart part, ElfPart other)
    {
        ILookup<string, ElfSymbol> natives = sides.Native.Symbols
            .Where(symbol => symbol.Kind == ElfSymbol.Object && symbol.Section == other.Index && symbol.Size > 0)
            .ToLookup(symbol => symbol.Name);
        TablePointers pointers = new(sides, part, other);
        int named = 0;
        int explained = 0;
        foreach (ElfSymbol symbol in sides.Cross.Symbols.Where(symbol => symbol.Kind == ElfSymbol.Object && symbol.Section == part.Index && symbol.Size > 0).DistinctBy(symbol => symbol.Value))
        {
            ElfSymbol[] counterparts = [.. natives[symbol.Name]];
            if (counterparts.Length != 1 || counterparts[0].Size != symbol.Size)
            {
                continue;
            }

            ReadOnlySpan<byte> cross = sides.Cross.Bytes(symbol);
            ReadOnlySpan<byte> native = sides.Native.Bytes(counterparts[0]);
            if (!Explains(sides, cross, native) && !pointers.Explain(symbol, counterparts[0], cross, native))
            {
                int first = cross.CommonPrefixLength(native);
                named++;
                explained += Count(cross, native);
                if (named <= MaxNamed)
                {
                    sides.Add(
                        DifferenceKind.Tables, symbol.Name, Element(cross, first), Element(native, first),
                        string.Create(CultureInfo.InvariantCulture, $"a table of {symbol.Size} bytes with other contents, the first at byte {first}"));
                }
            }
        }

        return named > 0 && part.Section.Size == other.Section.Size && explained >= Count(sides.Cross.Bytes(part), sides.Native.Bytes(other));
    }

    private static void CompareCode(ElfSidePair sides, ElfPart part, ElfPart other)
    {
        ReadOnlySpan<byte> cross = sides.Cross.Bytes(part);
        ReadOnlySpan<byte> native = sides.Native.Bytes(other);
        if (cross.SequenceEqual(native) || (cross.Length == native.Length && CodeDifference.Unexplained(cross, native, sides.Cross.Header, sides.Shifts) == 0))
        {
            return;
        }

        Dictionary<string, ulong> left = Functions(sides.Cross, part);
        Dictionary<string, ulong> right = Functions(sides.Native, other);
        string[] changed =
        [
            .. left.Keys.Union(right.Keys)
                .Where(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name))
                .OrderByDescending(name => Math.Abs((long)left.GetValueOrDefault(name) - (long)right.GetValueOrDefault(name)))
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
        foreach (string name in changed.Take(MaxNamed))
        {
            sides.Add(
                DifferenceKind.Code, name, FunctionSize(left, name), FunctionSize(right, name), "",
                name == changed[Math.Min(MaxNamed, changed.Length) - 1] ? changed.Length - Math.Min(MaxNamed, changed.Length) : 0);
        }

        if (changed.Length == 0)
        {
            sides.Add(DifferenceKind.Code, part.Name, Size(part), Size(other), Ratio(cross, native));
        }
    }

    /// <summary>Debug information tells of the build; without another line of code it is a fact of it.</summary>
    private static void CompareDebugInformation(ElfSidePair sides)
    {
        foreach (ElfPart part in sides.Cross.Parts.Where(part => part.Name.StartsWith(".debug", StringComparison.Ordinal)))
        {
            if (sides.Native.Find(part.Name) is { } other && !sides.Cross.Bytes(part).SequenceEqual(sides.Native.Bytes(other)) && sides.Verdict.Level < ComparisonLevel.Different)
            {
                sides.Add(DifferenceKind.BuildFacts, part.Name, Size(part), Size(other), "debug information");
                return;
            }
        }
    }

    private static Dictionary<string, ulong> Functions(ElfImage image, ElfPart part)
    {
        Dictionary<string, ulong> functions = new(StringComparer.Ordinal);
        foreach (ElfSymbol symbol in image.Symbols.Where(symbol => symbol.Kind == ElfSymbol.Function && symbol.Section == part.Index && symbol.Name.Length > 0))
        {
            functions[symbol.BareName] = functions.GetValueOrDefault(symbol.BareName) + symbol.Size;
        }

        return functions;
    }

    private static string? FunctionSize(Dictionary<string, ulong> functions, string name) =>
        functions.TryGetValue(name, out ulong size) ? string.Create(CultureInfo.InvariantCulture, $"{size} bytes") : null;

    private static string Size(ElfPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Section.Size} bytes");

    private static int Count(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native)
    {
        int count = 0;
        for (int index = 0; index < Math.Min(cross.Length, native.Length); index++)
        {
            count += cross[index] == native[index] ? 0 : 1;
        }

        return count;
    }

    private static string Ratio(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native)
    {
        int length = Math.Min(cross.Length, native.Length);
        double equal = length == 0 ? 0 : 100.0 * (length - Count(cross, native)) / length;
        return string.Create(CultureInfo.InvariantCulture, $"{equal:0.0} % of the bytes are equal");
    }

    /// <summary>The byte that differs first, as the number that the table most likely has there.</summary>
    private static string Element(ReadOnlySpan<byte> bytes, int at) => at < bytes.Length ? bytes[at].ToString(CultureInfo.InvariantCulture) : "";

    private static string Quote(string text) => text.Length <= MaxText ? $"\"{text}\"" : $"\"{text[..MaxText]}…\"";

    /// <summary>The printable strings of at least four characters, as the program strings finds them.</summary>
    private static List<string> Strings(ReadOnlySpan<byte> bytes)
    {
        const int Shortest = 4;
        List<string> strings = [];
        int start = 0;
        for (int index = 0; index <= bytes.Length; index++)
        {
            if (index < bytes.Length && bytes[index] is (byte)'\t' or (>= 0x20 and < 0x7f))
            {
                continue;
            }

            if (index - start >= Shortest && (index == bytes.Length || bytes[index] == 0))
            {
                strings.Add(Encoding.ASCII.GetString(bytes[start..index]));
            }

            start = index + 1;
        }

        return strings;
    }
}
