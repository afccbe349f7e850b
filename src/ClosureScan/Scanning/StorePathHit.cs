using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>One place where bytes spell out a store path.</summary>
/// <param name="Path">The path, without what lies below it. In running text its name may end in a full stop that is not part of it.</param>
/// <param name="Offset">Where the path's hash begins, in bytes from the beginning of what was searched.</param>
public readonly record struct StorePathHit(StorePath Path, long Offset);
