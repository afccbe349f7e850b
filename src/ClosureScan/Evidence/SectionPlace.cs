namespace ClosureScan.Evidence;

/// <summary>Where in a binary a byte lies.</summary>
/// <param name="Section">The section, or the archive's member and its section, when known.</param>
/// <param name="Offset">The offset in it in bytes.</param>
internal readonly record struct SectionPlace(string? Section, long? Offset);
