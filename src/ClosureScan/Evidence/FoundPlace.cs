namespace ClosureScan.Evidence;

/// <summary>Something found in a window.</summary>
/// <param name="Hits">Where it is to be kept.</param>
/// <param name="Target">Of which target.</param>
/// <param name="Position">Where in the window it begins.</param>
/// <param name="Length">How many bytes it has: 32 for a hash, 0 for the beginning of a path.</param>
internal readonly record struct FoundPlace(FileHits Hits, int Target, int Position, int Length);
