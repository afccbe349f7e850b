using System.Globalization;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>What a file asks for and what it gives: symbols, libraries, its interpreter and its own name.</summary>
internal static class ElfInterface
{
    public static void Compare(ElfSidePair sides)
    {
        CompareExports(sides);
        CompareImports(sides);
        CompareLists(sides, DifferenceKind.Needed, DynamicNeeded);
        CompareLists(sides, DifferenceKind.Soname, DynamicSoname);
        CompareRunPaths(sides);
        string? cross = sides.Cross.Interpreter is { } one ? sides.Pair.Cross.Word(one) : null;
        string? native = sides.Native.Interpreter is { } other ? sides.Pair.Native.Word(other) : null;
        if (cross != native)
        {
            sides.Add(DifferenceKind.Interpreter, "", cross, native);
        }
    }

    private static void CompareExports(ElfSidePair sides)
    {
        Dictionary<string, ElfSymbol> cross = ByName(sides.Cross, symbol => symbol.IsExport);
        Dictionary<string, ElfSymbol> native = ByName(sides.Native, symbol => symbol.IsExport);
        foreach (string name in cross.Keys.Union(native.Keys).Order(StringComparer.Ordinal))
        {
            bool inCross = cross.TryGetValue(name, out ElfSymbol one);
            bool inNative = native.TryGetValue(name, out ElfSymbol other);
            string? left = inCross ? Describe(one) : null;
            string? right = inNative ? Describe(other) : null;

            // The size of a function is a matter of its code; that of a variable is compiled into whoever uses it.
            if (!inCross || !inNative || one.Kind != other.Kind || (one.Kind == ElfSymbol.Object && one.Size != other.Size))
            {
                sides.Add(DifferenceKind.Exports, name, left, right, inCross && inNative ? "another size: another ABI" : "");
            }
        }
    }

    private static void CompareImports(ElfSidePair sides)
    {
        Dictionary<string, ElfSymbol> cross = ByName(sides.Cross, symbol => symbol.IsImport);
        Dictionary<string, ElfSymbol> native = ByName(sides.Native, symbol => symbol.IsImport);
        HashSet<string> crossAsks = [.. cross.Values.Select(symbol => symbol.BareName)];
        HashSet<string> nativeAsks = [.. native.Values.Select(symbol => symbol.BareName)];
        HashSet<string> crossOwn = Own(sides.Cross);
        HashSet<string> nativeOwn = Own(sides.Native);
        foreach (string name in native.Keys.Except(cross.Keys).Order(StringComparer.Ordinal))
        {
            sides.Add(DifferenceKind.Imports, name, null, "imported", ImportMeaning.Of(Bare(name), crossAsks.Contains, crossOwn.Contains));
        }

        foreach (string name in cross.Keys.Except(native.Keys).Order(StringComparer.Ordinal))
        {
            sides.Add(DifferenceKind.Imports, name, "imported", null, ImportMeaning.Of(Bare(name), nativeAsks.Contains, nativeOwn.Contains));
        }
    }

    private static HashSet<string> Own(ElfImage image) => [.. image.Symbols.Where(symbol => symbol.Section != 0).Select(symbol => symbol.BareName)];

    private static string Bare(string name) => name.Split('@')[0];

    private static void CompareLists(ElfSidePair sides, DifferenceKind kind, ulong tag)
    {
        string[] cross = [.. sides.Cross.Strings(tag).Select(sides.Pair.Cross.Word)];
        string[] native = [.. sides.Native.Strings(tag).Select(sides.Pair.Native.Word)];
        foreach (string only in cross.Except(native))
        {
            sides.Add(kind, only, only, null);
        }

        foreach (string only in native.Except(cross))
        {
            sides.Add(kind, only, null, only);
        }
    }

    private static void CompareRunPaths(ElfSidePair sides)
    {
        string cross = string.Join(':', sides.Cross.Strings(DynamicRunpath).Concat(sides.Cross.Strings(DynamicRpath)).Select(sides.Pair.Cross.Word));
        string native = string.Join(':', sides.Native.Strings(DynamicRunpath).Concat(sides.Native.Strings(DynamicRpath)).Select(sides.Pair.Native.Word));
        if (cross != native)
        {
            sides.Add(DifferenceKind.Needed, "RUNPATH", cross, native, "libraries are looked for elsewhere");
        }
    }

    private static Dictionary<string, ElfSymbol> ByName(ElfImage image, Func<ElfSymbol, bool> isWanted)
    {
        Dictionary<string, ElfSymbol> symbols = new(StringComparer.Ordinal);
        foreach (ElfSymbol symbol in image.Interface.Where(isWanted))
        {
            symbols.TryAdd(symbol.Name, symbol);
        }

        return symbols;
    }

    private static string Describe(ElfSymbol symbol) => symbol.Kind == ElfSymbol.Object
        ? string.Create(CultureInfo.InvariantCulture, $"data of {symbol.Size} bytes")
        : "exported";
}
