using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Cli.Rendering;

/// <summary>Findings that stand together in a report.</summary>
/// <param name="Tree">The group that they are of, where they are put together by the tree that they hold.</param>
/// <param name="Title">What they share otherwise; empty when nothing.</param>
/// <param name="Findings">The findings, at least one.</param>
internal sealed record FindingSection(FindingGroup? Tree, string Title, ImmutableArray<Finding> Findings);
