using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>How far a closure scan has come. Reported when a path begins and when it ends.</summary>
/// <param name="PathsDone">Paths scanned.</param>
/// <param name="PathsTotal">Paths of the closure, as far as it is known.</param>
/// <param name="BytesDone">NAR bytes of the paths scanned.</param>
/// <param name="CurrentPath">The path that began last; null while the closure is walked, and at the end.</param>
public readonly record struct ScanProgress(int PathsDone, int PathsTotal, long BytesDone, StorePath? CurrentPath);
