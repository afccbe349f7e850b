using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>A NAR to scan.</summary>
/// <param name="Info">A path that has it, with what it refers to: what is searched for.</param>
/// <param name="Wanted">The key of what is searched for.</param>
internal sealed record NarTask(PathInfo Info, long Wanted);
