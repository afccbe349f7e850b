namespace ClosureScan.Nar;

/// <summary>A broken rule as the span layers report it; the reader, which knows the entry, throws it.</summary>
/// <param name="Error">Which rule.</param>
/// <param name="Position">Where, counted from the first byte that was looked at.</param>
/// <param name="Problem">What a person is told.</param>
internal sealed record NarFailure(NarError Error, int Position, string Problem);
