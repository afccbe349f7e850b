namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>What another value of a macro or another type means, where the name and the values say it.</summary>
internal static class HeaderMeaning
{
    public static string Of(string name, string? cross, string? native)
    {
        if (Width(cross) is { } one && Width(native) is { } other && one != other)
        {
            return name.EndsWith("off_t", StringComparison.Ordinal)
                ? $"{Side(one, other, 32)} has 32-bit file offsets: another ABI"
                : "a type of another size: another ABI";
        }

        return name.Contains("LARGE_FILE", StringComparison.Ordinal) || name.Contains("LARGEFILE", StringComparison.Ordinal) ? "whether files over 2 GB work"
            : name.StartsWith("REPLACE_", StringComparison.Ordinal) ? "whether a replacement of the C library's function is built in"
            : name.StartsWith("SIZEOF_", StringComparison.Ordinal) || name.StartsWith("ALIGNOF_", StringComparison.Ordinal) ? "the size of a type: another ABI"
            : "";
    }

    private static string Side(int cross, int native, int wanted) => cross == wanted && native != wanted ? "the cross build" : "the native build";

    /// <summary>The bits of a type on a 32-bit machine, where the name tells; a difference between long and off64_t is none on 64 bits.</summary>
    private static int? Width(string? type) => type switch
    {
        null => null,
        _ when type.Contains("64", StringComparison.Ordinal) || type.Contains("long long", StringComparison.Ordinal) => 64,
        _ when type.Contains("16", StringComparison.Ordinal) || type.Contains("short", StringComparison.Ordinal) => 16,
        "long" or "int" or "unsigned long" or "unsigned int" or "unsigned" or "off_t" or "ssize_t" or "size_t" => 32,
        _ when type.Contains("32", StringComparison.Ordinal) => 32,
        _ => null,
    };
}
