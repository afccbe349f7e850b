using System.Text.Json;

namespace ClosureScan;

/// <summary>The names of the kinds of remarks, and what they say.</summary>
public static class ScanRemarks
{
    private static readonly string[] Names = [.. Enum.GetNames<ScanRemarkKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The name in reports: <c>compressed-too-large</c>.</summary>
    public static string ToName(this ScanRemarkKind kind) => Names[(int)kind];

    /// <summary>What it means, as it follows a number: "compressed files of more than 16 MiB were not looked into".</summary>
    public static string Describe(this ScanRemarkKind kind) => kind switch
    {
        ScanRemarkKind.CompressedTooLarge => "compressed and larger than 16 MiB: not looked into",
        ScanRemarkKind.ExpansionBounded => "compressed, with more than 64 MiB of contents: only the first were searched",
        ScanRemarkKind.NestedTooDeep => "compressed more than twice: the innermost contents were not expanded",
        ScanRemarkKind.CompressedDamaged => "compressed and cut short, damaged, encrypted or of an unknown method: searched as far as it goes",
        ScanRemarkKind.UndeclaredBounded => "further mentions of undeclared store paths: the first 4,096 paths are told",
        _ => "binaries beyond the bounds of the census: counted, but not named",
    };
}
