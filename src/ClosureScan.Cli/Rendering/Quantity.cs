using System.Globalization;

namespace ClosureScan.Cli.Rendering;

/// <summary>Numbers for people.</summary>
internal static class Quantity
{
    /// <summary>
    /// Bytes in the largest binary unit that gives at least 1, one decimal below 100: <c>12.3 MiB</c>, with a blank between that no
    /// line is broken at. For a <see cref="StyledWriter"/>, which writes a plain one.
    /// </summary>
    public static string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string format = unit == 0 || Math.Abs(value) >= 100 ? "0" : "0.0";
        return value.ToString(format, CultureInfo.InvariantCulture) + StyledWriter.FixedBlank + units[unit];
    }

    /// <summary>A number with its thousands apart: <c>2,311</c>.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 path</c>, <c>2,311 files</c>.</summary>
    public static string Count(long count, string noun) =>
        $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";
}
