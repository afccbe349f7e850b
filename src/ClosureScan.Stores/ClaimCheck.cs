using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>Compares what was read with what the store claims.</summary>
internal static class ClaimCheck
{
    /// <summary>
    /// Adds a problem when <paramref name="scan"/> has a hash and it, or the size, is not the claimed one. A scan that is
    /// incomplete already is left as it is: that its hash differs follows from that and would only hide the cause.
    /// </summary>
    /// <param name="scan">What was read.</param>
    /// <param name="info">What is claimed.</param>
    /// <param name="advice">What to do, as a sentence.</param>
    public static PathScan Apply(PathScan scan, PathInfo info, string advice)
    {
        if (scan.NarHash is not { } actual || !scan.Problems.IsEmpty)
        {
            return scan;
        }

        if (info.NarSize is { } size && size != scan.NarSize)
        {
            return Add(scan, info, $"Its NAR has {scan.NarSize} bytes, and the store says {size}. {advice}");
        }

        return info.NarHash is { } claimed && claimed != actual
            ? Add(scan, info, $"Its NAR has the hash {actual}, and the store says {claimed}. {advice}")
            : scan;
    }

    private static PathScan Add(PathScan scan, PathInfo info, string message) =>
        scan with { Problems = [.. scan.Problems, new ScanProblem(info.Path.ToString(), message)] };
}
