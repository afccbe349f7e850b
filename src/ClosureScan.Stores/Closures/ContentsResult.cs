using System.Collections.Immutable;

namespace ClosureScan.Stores.Closures;

/// <summary>What came of one path's contents.</summary>
/// <param name="Scan">What they say, with its own problems; null when nothing of them can be trusted.</param>
/// <param name="Problems">Why there is no scan.</param>
internal readonly record struct ContentsResult(PathScan? Scan, ImmutableArray<ScanProblem> Problems)
{
    /// <summary>Every problem, those of the scan included.</summary>
    public IEnumerable<ScanProblem> AllProblems => Scan is null ? Problems.IsDefault ? [] : Problems : Scan.Problems;

    /// <summary>Contents that could not be read.</summary>
    public static ContentsResult Failed(string path, string message) => new(null, [new ScanProblem(path, message)]);
}
