namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>A hash in some contents.</summary>
/// <param name="Target">Whose: an index into the side's reference set.</param>
/// <param name="Offset">Where its first digit lies.</param>
internal readonly record struct TokenPlace(int Target, int Offset);
