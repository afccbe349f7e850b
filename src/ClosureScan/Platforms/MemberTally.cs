namespace ClosureScan.Platforms;

/// <summary>How many members of an archive or fat binary were built for one platform.</summary>
/// <param name="Platform">The platform; null for members that are neutral or cannot be told.</param>
/// <param name="Count">The number of members.</param>
/// <param name="First">The name of the first of them.</param>
internal sealed record MemberTally(Platform? Platform, int Count, string First);
