using ClosureScan.Derivations;
using ClosureScan.Paths;

namespace ClosureScan;

/// <summary>One path of a closure: the store's claim, and what its bytes say.</summary>
/// <param name="Info">What the store claims.</param>
/// <param name="Scan">What the bytes say; null when they were not, or could not be, read.</param>
public sealed record ScannedPath(PathInfo Info, PathScan? Scan)
{
    /// <summary>What the derivation says that built it; null where the store has none, or it names no host.</summary>
    internal RecordedBuild? Build { get; init; }
}
