using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>A path of a closure as a ledger has it.</summary>
/// <param name="Info">The store's claim.</param>
/// <param name="State">What became of its NAR.</param>
/// <param name="Message">Why it cannot be read; null when it can.</param>
/// <param name="Facts">What was found in it, compressed; null when nothing was.</param>
internal sealed record StoredPath(PathInfo Info, ItemState State, string? Message, byte[]? Facts);
