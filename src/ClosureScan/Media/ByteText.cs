using System.Globalization;

namespace ClosureScan.Media;

/// <summary>Sizes for people, the same in every report.</summary>
internal static class ByteText
{
    /// <summary>Bytes in the largest binary unit that gives at least 1, with one decimal below 100: <c>12.3 MiB</c>, <c>115 KiB</c>, <c>512 B</c>.</summary>
    public static string Of(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString(unit == 0 || Math.Abs(value) >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
