using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>How far a comparison is.</summary>
/// <param name="PathsDone">Paths read so far; one that differs counts again when it is compared file by file.</param>
/// <param name="PathsTotal">All paths to read, as far as it is known.</param>
/// <param name="CurrentPath">The one read last.</param>
public readonly record struct ComparisonProgress(int PathsDone, int PathsTotal, StorePath CurrentPath);
