using System.Globalization;
using ClosureScan.Facts;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>How NARs are scanned and roots judged. What was done so once is not done again; what was done otherwise stays beside it.</summary>
/// <param name="Scan">Names the facts of a NAR: their version, and how deep.</param>
/// <param name="Host">Where all roots are to run; empty where each root tells.</param>
internal sealed record WorkVersion(string Scan, string Host)
{
    /// <summary>Changes with what the rules find.</summary>
    private const int Judging = 1;

    private const string DeepSuffix = "-deep";

    /// <summary>Names the judgement of a root.</summary>
    public string Judge => string.Create(CultureInfo.InvariantCulture, $"{Scan}/{Judging}");

    /// <summary>Whether what lies compressed or packed is scanned too.</summary>
    public static bool IsDeep(string scan) => scan.EndsWith(DeepSuffix, StringComparison.Ordinal);

    /// <summary>The facts that <paramref name="judge"/> judges by.</summary>
    public static string ScanOf(string judge) => judge[..judge.LastIndexOf('/')];

    /// <summary>This program's.</summary>
    public static WorkVersion Create(bool deep, string? host) =>
        new(ClosureFacts.Version.ToString(CultureInfo.InvariantCulture) + (deep ? DeepSuffix : ""), host ?? "");
}
