using ClosureScan.Paths;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Tells that a root was not looked into: what <c>nix build .#sdImage</c> or dockerTools leave is one file that refers to nothing, and a scan that saw nothing
/// must not pass.
/// </summary>
internal static class OpaqueRoot
{
    /// <summary>The problem of a root that refers to no other path and most of whose bytes lie in files that nobody has seen into; none otherwise.</summary>
    public static IEnumerable<ScanProblem> ProblemsOf(PathInfo info, PathScan? scan)
    {
        if (scan is null || scan.Opaque.IsEmpty || scan.References.Any(found => found.Target != info.Path.Hash))
        {
            yield break;
        }

        long size = scan.Opaque.Sum(static file => file.Size);
        if (2 * size <= scan.ByteCount)
        {
            yield break;
        }

        OpaqueFile largest = scan.Opaque.MaxBy(static file => file.Size)!;
        string file = largest.File.Length == 0 ? info.Path.ToString() : $"{info.Path}/{largest.File}";
        string advice = scan.Opaque.Any(static opaque => !opaque.IsClosed)
            ? $"scan it with --deep, or as a store of its own with --store image:{file}"
            : "a part of it is in a format that is not known here, damaged, or out of bounds";
        yield return new ScanProblem(info.Path.ToString(), $"Its contents lie in {largest.File}{(largest.File.Length == 0 ? "one file" : "")} ({largest.Format}), which was not looked into; {advice}.");
    }
}
