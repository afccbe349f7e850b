using ClosureScan.Paths;

namespace ClosureScan.Analysis.Graph;

/// <summary>A reference that leads out of the paths a graph was made from: the closure was not whole.</summary>
/// <param name="From">The path that refers.</param>
/// <param name="To">The path it refers to, which is no node of the graph.</param>
internal readonly record struct MissingReference(StorePath From, StorePath To);
