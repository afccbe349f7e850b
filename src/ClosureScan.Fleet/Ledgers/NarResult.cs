namespace ClosureScan.Fleet.Ledgers;

/// <summary>What came of a NAR.</summary>
/// <param name="Task">The NAR.</param>
/// <param name="Reason">Why it cannot be read, in one word: <c>unavailable</c>, <c>unreadable</c>, <c>mismatch</c>, <c>malformed</c> or <c>timeout</c>; null when it can.</param>
/// <param name="Message">The same for a person.</param>
/// <param name="Platform">The platform of most of its programs; null when it has none.</param>
/// <param name="FileCount">Its files.</param>
/// <param name="Facts">What was found, as <see cref="ClosureScan.Facts.ClosureFacts"/> writes it, compressed; null when nothing can be trusted.</param>
internal sealed record NarResult(NarTask Task, string? Reason, string? Message, string? Platform, long FileCount, byte[]? Facts);
