using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Model;

/// <summary>
/// Groups findings by what they drag in. Without all references that are findings, a part of the closure is freed; its dominator tree under
/// what the findings lead to shows the trees that hang on one path each. A finding stands in the largest tree that it holds.
/// </summary>
/// <remarks>
/// A walk and a dominator tree, then a walk against the edges for each of the largest trees until every finding has its group, at most
/// <see cref="MostTrees"/>: what is left by then stands with its own target. One pass more tells what each group frees.
/// </remarks>
internal sealed class GroupFinder
{
    private const int MostTrees = 64;
    private const int MostParts = 3;

    private readonly ClosureModel _model;
    private readonly ClosureGraph _graph;
    private readonly WhatIf _without;
    private readonly DominatorTree _trees;
    private readonly int[] _edges;
    private readonly int[] _targets;
    private readonly Dictionary<int, int> _trunkOf = [];
    private readonly Dictionary<int, int[]> _holdersOf = [];

    private GroupFinder(ClosureModel model, int[] edges)
    {
        _model = model;
        _edges = edges;
        _graph = model.Graph;
        _without = WhatIf.Without(_graph, [], edges);
        _targets = [.. edges.Select(_graph.EdgeTarget).Distinct().Order()];
        _trees = DominatorTree.Compute(DraggedIn());
    }

    /// <summary>
    /// Groups findings: trees by the bytes that leave with them, then what holds no tree, worst first. Those without a number get one in this
    /// order, behind the highest there is.
    /// </summary>
    public static ImmutableArray<FindingGroup> Find(ClosureModel model, IEnumerable<Finding> findings)
    {
        Finding[] all = [.. findings];
        int last = all.Max(finding => (int?)finding.Number) ?? 0;
        return
        [
            .. Group(model, all).Select(group => group with
            {
                Findings = [.. group.Findings.Select(finding => finding.Number > 0 ? finding : finding with { Number = ++last })],
            }),
        ];
    }

    private static ImmutableArray<FindingGroup> Group(ClosureModel model, Finding[] all)
    {
        ILookup<int, Finding> byEdge = all.ToLookup(finding => EdgeOf(model.Graph, finding));
        IEnumerable<FindingGroup> rest = byEdge[-1].GroupBy(finding => finding.Rule).Select(group => new FindingGroup { Rule = group.Key, Findings = Sort(group) });
        ILookup<bool, int> edges = byEdge.Select(edge => edge.Key).Where(edge => edge >= 0).ToLookup(edge => byEdge[edge].All(IsOpen));
        Dictionary<StorePath, FindingGroup> trees = edges[true].Any() ? new GroupFinder(model, [.. edges[true]]).FindTrees(byEdge).ToDictionary(group => group.Target!) : [];
        foreach (IGrouping<int, int> kept in edges[false].GroupBy(model.Graph.EdgeTarget))
        {
            StorePath target = model.Graph.Paths[kept.Key];
            IEnumerable<Finding> holders = kept.SelectMany(edge => byEdge[edge]);
            trees[target] = trees.TryGetValue(target, out FindingGroup? tree)
                ? tree with { Findings = Sort(tree.Findings.Concat(holders)) }
                : new FindingGroup { Target = target, Findings = Sort(holders), TreeBytes = model.Dominators.RetainedSize(kept.Key), IsKept = true };
        }

        return
        [
            .. trees.Values.OrderByDescending(group => group.Findings.Any(finding => finding.Occurrences.Any(occurrence => occurrence.Status.IsOpen)))
                .ThenByDescending(group => Math.Max(group.FreedBytes, group.TreeBytes)).ThenBy(group => group.Target),
            .. rest.OrderByDescending(group => group.Findings[0].Effect).ThenByDescending(group => group.Findings.Sum(finding => finding.ByteCount)).ThenBy(group => group.Rule, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether the finding can let go: what is accepted stays.</summary>
    private static bool IsOpen(Finding finding) => finding.Occurrences.All(occurrence => occurrence.Status.IsOpen);

    /// <summary>Worst first: what breaks before what bloats, then by bytes.</summary>
    private static ImmutableArray<Finding> Sort(IEnumerable<Finding> findings) =>
    [
        .. findings.Select(finding => (finding, finding.Effect)).OrderByDescending(item => item.Effect)
            .ThenByDescending(item => item.finding.FreedBytes)
            .ThenByDescending(item => item.finding.ByteCount)
            .ThenBy(item => item.finding.From)
            .ThenBy(item => item.finding.To)
            .ThenBy(item => item.finding.Rule, StringComparer.Ordinal)
            .ThenBy(item => item.finding.Target, StringComparer.Ordinal)
            .Select(item => item.finding),
    ];

    /// <summary>The edge that a finding is about; -1 when it is about none of the closure.</summary>
    private static int EdgeOf(ClosureGraph graph, Finding finding) =>
        finding.To is { } to && graph.TryGetNode(finding.From, out int from) && graph.TryGetNode(to, out int target) ? graph.FindEdge(from, target) : -1;

    /// <summary>What leaves without the findings, under what they lead to.</summary>
    private ClosureGraph DraggedIn()
    {
        int[] starts = new int[_graph.NodeCount + 1];
        List<int> columns = [];
        for (int node = 0; node < _graph.NodeCount; node++)
        {
            if (_without.IsFreed(node))
            {
                foreach (int successor in _graph.Successors(node))
                {
                    if (_without.IsFreed(successor))
                    {
                        columns.Add(successor);
                    }
                }
            }

            starts[node + 1] = columns.Count;
        }

        return new ClosureGraph(new SparseRows(starts, [.. columns]), _graph.NarSizes.ToArray(), _graph.SelfReferences, [.. _targets.Where(_without.IsFreed)]);
    }

    private IEnumerable<FindingGroup> FindTrees(ILookup<int, Finding> byEdge)
    {
        int left = _targets.Length;
        foreach (int trunk in _trees.TopLevel.ToArray().OrderByDescending(_trees.RetainedSize).ThenBy(node => node).Take(MostTrees))
        {
            if (left == 0)
            {
                break;
            }

            int[] holders = HoldersOf(trunk);
            _holdersOf[trunk] = holders;
            foreach (int holder in holders)
            {
                left -= _trunkOf.TryAdd(holder, trunk) ? 1 : 0;
            }
        }

        var groups = _edges.GroupBy(edge => _trunkOf.GetValueOrDefault(_graph.EdgeTarget(edge), _graph.EdgeTarget(edge))).Select(group => (Trunk: group.Key, Edges: group.ToArray())).ToArray();
        GroupedEdits edits = GroupedEdits.Compute(_graph, [.. groups.Select(group => group.Edges)], _without);
        return groups.Select((group, index) => Describe(group.Trunk, group.Edges, edits.FreedBytes(index), byEdge));
    }

    private FindingGroup Describe(int trunk, int[] edges, long freedBytes, ILookup<int, Finding> byEdge)
    {
        StorePath target = _graph.Paths[trunk];
        bool isFreed = _without.IsFreed(trunk);
        return new FindingGroup
        {
            Target = target,
            Findings = Sort(edges.SelectMany(edge => byEdge[edge])),
            TreeBytes = isFreed ? _trees.RetainedSize(trunk) : _model.Dominators.RetainedSize(trunk),
            Parts = [.. TreeOf(trunk, isFreed).Where(node => node != trunk).OrderByDescending(_graph.NarSize).ThenBy(node => node).Take(MostParts).Select(node => (_graph.Paths[node], _graph.NarSize(node)))],
            FreedBytes = freedBytes,
            AlsoHeldBy =
            [
                .. _holdersOf.GetValueOrDefault(trunk, []).Select(holder => _trunkOf.GetValueOrDefault(holder, holder))
                    .Where(other => other != trunk).Distinct().Select(other => _graph.Paths[other]).Order(),
            ],
            IsKept = !isFreed,
        };
    }

    /// <summary>What hangs on a path alone, itself included.</summary>
    private IEnumerable<int> TreeOf(int trunk, bool isFreed)
    {
        DominatorTree tree = isFreed ? _trees : _model.Dominators;
        Stack<int> stack = new([trunk]);
        while (stack.TryPop(out int node))
        {
            yield return node;
            foreach (int child in tree.Children(node).ToArray())
            {
                stack.Push(child);
            }
        }
    }

    /// <summary>What the findings lead to and reaches a node without the host's side.</summary>
    private int[] HoldersOf(int node)
    {
        bool[] isSeen = new bool[_graph.NodeCount];
        isSeen[node] = true;
        Stack<int> stack = new([node]);
        while (stack.TryPop(out int next))
        {
            foreach (int predecessor in _graph.Predecessors(next))
            {
                if (_without.IsFreed(predecessor) && !isSeen[predecessor])
                {
                    isSeen[predecessor] = true;
                    stack.Push(predecessor);
                }
            }
        }

        return [.. _targets.Where(target => isSeen[target])];
    }
}
