using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>One place where bytes hold a hash that was looked for.</summary>
/// <param name="Target">The hash.</param>
/// <param name="Offset">Where its 32 characters begin, in bytes from the beginning of what was searched.</param>
public readonly record struct ReferenceHit(StorePathHash Target, long Offset);
