using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// What identifies a finding across rebuilds and machines: the rule and the package names on both sides, without hashes,
/// versions, platforms and offsets: <c>foreign-reference:curl:gcc-wrapper</c>. An output other than <c>out</c> is part of the name.
/// </summary>
internal static class LeakKey
{
    public static string For(LeakRule rule, StorePath from, StorePath to) => $"{rule.ToName()}:{Name(from)}:{Name(to)}";

    public static string For(LeakRule rule, StorePath from, string what) => $"{rule.ToName()}:{Name(from)}:{what}";

    /// <summary>The package, and its output when it is not the first one.</summary>
    public static string Name(StorePath path)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        return name.Output is null or "out" ? name.PackageName : $"{name.PackageName}.{name.Output}";
    }
}
