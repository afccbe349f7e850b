namespace ClosureScan.Containers;

/// <summary>Blocks of a file that lie one behind the other in the file system.</summary>
/// <param name="First">The first of them, counted in the file.</param>
/// <param name="Count">How many, at least one where the run was found.</param>
/// <param name="Start">Where the first lies in the file system; null when nothing is stored.</param>
internal readonly record struct ExtRun(long First, long Count, ulong? Start);
