using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>A path that edits let go of and that stays all the same.</summary>
/// <param name="Path">The path.</param>
/// <param name="Holders">The paths that stay and refer to it, sorted; none of a root that nothing refers to.</param>
public sealed record StayingPath(AnalyzedPath Path, ImmutableArray<StorePath> Holders);
