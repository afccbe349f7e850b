using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>A path that the other closure has no counterpart for.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsCross">Whether it is of the cross-built closure.</param>
/// <param name="Reason">Why it could not be aligned, for people.</param>
public sealed record UnpairedPath(StorePath Path, bool IsCross, string Reason);
