using System.Buffers;
using System.Globalization;

namespace ClosureScan.Analysis.Policy;

/// <summary>Sizes as people write them: <c>300 MiB</c>, <c>1.5GB</c>, <c>4096</c>.</summary>
internal static class SizeText
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Name, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1), ("", 1),
    ];

    /// <summary>Reads a size in bytes. False when it is none, is negative, or does not fit.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        int digits = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        ReadOnlySpan<char> number = digits < 0 ? text : text.AsSpan(0, digits);
        string unit = digits < 0 ? "" : text[digits..].Trim();
        foreach ((string name, long factor) in Units)
        {
            if (name == unit && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            {
                if (value > long.MaxValue / factor)
                {
                    return false;
                }

                bytes = (long)(value * factor);
                return true;
            }
        }

        return false;
    }
}
