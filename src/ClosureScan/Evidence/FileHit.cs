namespace ClosureScan.Evidence;

/// <summary>One hit in a file.</summary>
/// <param name="Slot">Which target, as <see cref="FileHits"/> numbers them.</param>
/// <param name="Offset">Where the hash begins, in bytes from the start of what is scanned.</param>
internal readonly record struct FileHit(int Slot, long Offset);
