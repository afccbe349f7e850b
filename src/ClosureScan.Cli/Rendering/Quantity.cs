using System.Globalization;
using ClosureScan.Media;

namespace ClosureScan.Cli.Rendering;

/// <summary>Numbers for people.</summary>
internal static class Quantity
{
    /// <summary>Bytes as every report has them, with a blank between number and unit that no line is broken at. For a <see cref="StyledWriter"/>, which writes a plain one.</summary>
    public static string Bytes(long bytes) => ByteText.Of(bytes).Replace(' ', StyledWriter.FixedBlank);

    /// <summary>A number with its thousands apart: <c>2,311</c>.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 path</c>, <c>2,311 files</c>.</summary>
    public static string Count(long count, string noun) =>
        $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";
}
