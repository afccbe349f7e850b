using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What the edits of a cut free one after the other.</summary>
internal static class CutSteps
{
    /// <summary>For each of the first edits, the bytes that it frees together with those before it; the last of a whole cut is what the cut frees. A walk an edit.</summary>
    /// <param name="graph">The closure.</param>
    /// <param name="cut">The cut.</param>
    /// <param name="most">The most edits that are told.</param>
    public static ImmutableArray<long> Compute(ClosureGraph graph, ClosureCut cut, int most)
    {
        List<int> edges = [];
        ImmutableArray<long>.Builder steps = ImmutableArray.CreateBuilder<long>();
        foreach (ClosureEdit edit in cut.Edits.Take(most))
        {
            int edge = edit.To is { } target && graph.TryGetNode(edit.From, out int from) && graph.TryGetNode(target, out int to) ? graph.FindEdge(from, to) : -1;
            if (edge >= 0)
            {
                edges.Add(edge);
            }

            steps.Add(edge >= 0 || steps.Count == 0 ? WhatIf.Without(graph, [], [.. edges]).FreedBytes : steps[^1]);
        }

        return steps.ToImmutable();
    }
}
