using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>A file that the host does not run, or is not to run.</summary>
/// <param name="File">The file.</param>
/// <param name="Role">What it is for, by its bytes.</param>
/// <param name="Platform">What it is built for, as reports call it: the system, and what sets it apart where that is the host's.</param>
/// <param name="Kind">Why it is right where it is; null when it is not.</param>
/// <param name="Note">What is to be said of it beside that; null for most.</param>
internal sealed record JudgedFile(IdentifiedFile File, FileRole Role, string Platform, LegitimateKind? Kind = null, string? Note = null);
