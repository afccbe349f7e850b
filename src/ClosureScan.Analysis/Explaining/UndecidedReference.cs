using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>A reference that edits of files may take out or not: every file that is known to hold it is edited, but not every file is known.</summary>
/// <param name="From">The path that refers.</param>
/// <param name="To">The path it refers to.</param>
/// <param name="KnownFiles">The files that are known to hold it.</param>
/// <param name="FileCount">The files that hold it; 0 when the store registered what the bytes do not show.</param>
public sealed record UndecidedReference(StorePath From, StorePath To, long KnownFiles, long FileCount);
