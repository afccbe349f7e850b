using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>A chain of references from a root to a target.</summary>
/// <param name="Target">The path at its end.</param>
/// <param name="References">The links, the root's first; empty when the target is a root itself.</param>
internal sealed record ExplainedChain(StorePath Target, ImmutableArray<ExplainedReference> References);
