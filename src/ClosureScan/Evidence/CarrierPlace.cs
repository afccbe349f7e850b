namespace ClosureScan.Evidence;

/// <summary>What carries one hit, and where in it the hit lies.</summary>
/// <param name="Mechanism">What carries it.</param>
/// <param name="Section">The section or archive member, when known.</param>
/// <param name="SectionOffset">The offset in that section in bytes.</param>
internal readonly record struct CarrierPlace(Mechanism Mechanism, string? Section = null, long? SectionOffset = null);
