using System.Text.Json;

namespace ClosureScan;

/// <summary>The names of the kinds of remarks, and what they say.</summary>
internal static class ScanRemarks
{
    private static readonly string[] Names = [.. Enum.GetNames<ScanRemarkKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The name in reports: <c>container-closed</c>.</summary>
    public static string ToName(this ScanRemarkKind kind) => Names[(int)kind];

    /// <summary>What it means, as it follows a number: "with contents in a format that is only known by name".</summary>
    public static string Describe(this ScanRemarkKind kind) => kind switch
    {
        ScanRemarkKind.ContainerClosed => "with contents in a format that is only known by name: not looked into",
        ScanRemarkKind.ExpansionBounded => "with more than 64 MiB and two hundred times its length of contents: only the first were searched",
        ScanRemarkKind.NestedTooDeep => "with more than eight containers inside one another: the innermost were not looked into",
        ScanRemarkKind.CompressedDamaged => "compressed or a container, and cut short or damaged: searched as far as it goes",
        ScanRemarkKind.UndeclaredBounded => "further mentions of undeclared store paths: the first 4,096 paths are told",
        _ => "binaries beyond the bounds of the census: counted, but not named",
    };
}
