using ClosureScan.Paths;

namespace ClosureScan.Walking;

/// <summary>What a walk knows at its end.</summary>
/// <param name="NarSize">The length of the tree's NAR in bytes; what could not be read is not counted.</param>
/// <param name="NarHash">The SHA-256 of the NAR; null when it was not asked for, or when something could not be read.</param>
internal readonly record struct WalkResult(long NarSize, NarHash? NarHash);
