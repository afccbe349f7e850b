using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// Tries edits on a closure without making them. A reference goes by edits of files when every file that holds it is edited, by the
/// evidence of the scan; where that does not name every file, the reference counts as staying and is told as undecided.
/// </summary>
internal sealed class EditTrial
{
    private readonly ClosureReport _report;
    private readonly ImmutableArray<ProposedEdit> _edits;
    private readonly EditedFiles _files;
    private readonly FoundReference?[] _found;
    private readonly bool[] _dropped;
    private readonly SortedSet<int> _nodes = [];
    private readonly List<UndecidedReference> _undecided = [];

    private EditTrial(ClosureReport report, ImmutableArray<ProposedEdit> edits)
    {
        _report = report;
        _edits = edits;
        _files = new EditedFiles(edits);
        _found = new KnownReferences(report).FindAll(report.Graph);
        _dropped = new bool[report.Graph.EdgeCount];
    }

    /// <summary>Tries all edits together. O(n + e) beside what the globs cost.</summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="edits">The edits; every one takes out what it says, whatever the others do.</param>
    /// <exception cref="ArgumentException">A path of an edit is not in the closure.</exception>
    public static WhatIfReport Run(ClosureReport report, IEnumerable<ProposedEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(edits);
        return new EditTrial(report, [.. edits]).Run();
    }

    private WhatIfReport Run()
    {
        ClosureGraph graph = _report.Graph;
        ImmutableArray<ProposedEdit> empty = [.. _edits.Where(edit => !Apply(edit))];
        DropByFiles();
        int[] edges = [.. Enumerable.Range(0, graph.EdgeCount).Where(edge => _dropped[edge])];
        WhatIf outcome = WhatIf.Without(graph, [.. _nodes], edges);
        ILookup<bool, Finding> findings = _report.Findings.ToLookup(leak => IsGone(leak, outcome));
        return new WhatIfReport
        {
            Edits = _edits,
            Unmatched = [.. empty.Where(edit => !NamesFiles(edit))],
            WithoutReference = [.. empty.Where(NamesFiles)],
            Dropped = [.. edges.Select(edge => (graph.Paths[graph.EdgeSource(edge)], graph.Paths[graph.EdgeTarget(edge)]))],
            Undecided = [.. _undecided],
            ClosureSizeBefore = outcome.ClosureSize + outcome.FreedBytes,
            ClosureCountBefore = outcome.ClosureCount + outcome.FreedCount,
            ClosureSizeAfter = outcome.ClosureSize,
            ClosureCountAfter = outcome.ClosureCount,
            FreedBytes = outcome.FreedBytes,
            Freed = [.. _report.Paths.Where((_, node) => outcome.IsFreed(node))],
            Staying = FindStaying(edges, outcome),
            FindingsGone = [.. findings[true]],
            FindingsLeft = [.. findings[false]],
        };
    }

    /// <summary>Notes what an edit takes out; files are looked at together later. False when it finds nothing to take out.</summary>
    private bool Apply(ProposedEdit edit)
    {
        int[] from = [.. edit.From.Select(Node)];
        switch (edit.Kind)
        {
            case ProposedEditKind.DropPaths:
                _nodes.UnionWith(from);
                return from.Length > 0;
            case ProposedEditKind.DropReferences:
                int[] to = [.. edit.To.Select(Node)];
                int[] edges = [.. from.SelectMany(source => to.Select(target => _report.Graph.FindEdge(source, target))).Where(edge => edge >= 0)];
                Array.ForEach(edges, edge => _dropped[edge] = true);
                return edges.Length > 0;
            default:
                return from.Any(source => KnownEvidence(source).Any(item => edit.Files!.IsMatch(item.File)));
        }
    }

    /// <summary>Whether an edit is of files that the scan tells of although they hold no reference: programs, libraries, scripts.</summary>
    private bool NamesFiles(ProposedEdit edit) => edit.Files is { } files
        && edit.From.Any(from => (_report.Model.ScanOf(Node(from))?.Platforms ?? []).Any(tally => tally.Files.Any(file => file.Member is null && files.IsMatch(file.File)))
            || _report.Findings.Any(finding => finding.From.Equals(from) && finding.Occurrences.Any(occurrence => occurrence.File is { } file && files.IsMatch(file))));

    /// <summary>What single references were dropped to, and what of the build side dropped paths referred to, as far as it is still reached.</summary>
    private ImmutableArray<StayingPath> FindStaying(int[] edges, WhatIf outcome)
    {
        ClosureGraph graph = _report.Graph;
        SortedSet<int> staying = [.. edges.Select(graph.EdgeTarget).Where(outcome.IsReachable)];
        foreach (int node in _nodes)
        {
            staying.UnionWith(graph.Successors(node).ToArray().Where(successor => outcome.IsReachable(successor) && _report.Paths[successor].Side == PathSide.Foreign));
        }

        return
        [
            .. staying.OrderByDescending(graph.NarSize).Select(node => new StayingPath(_report.Paths[node],
            [
                .. graph.Predecessors(node).ToArray().Where((holder, index) => holder != node && outcome.IsReachable(holder) && !_dropped[graph.IncomingEdges(node)[index]])
                    .Select(holder => graph.Paths[holder]),
            ])),
        ];
    }

    private void DropByFiles()
    {
        ClosureGraph graph = _report.Graph;
        for (int edge = 0; edge < _dropped.Length; edge++)
        {
            StorePath from = graph.Paths[graph.EdgeSource(edge)];
            if (_dropped[edge] || !_files.Touches(from))
            {
                continue;
            }

            EvidenceList evidence = _found[edge]?.Evidence ?? [];
            if (!_files.Cover(from, evidence))
            {
                continue;
            }

            long known = EditedFiles.CountFiles(evidence);
            long all = _found[edge]?.FileCount ?? 0;
            if (known > 0 && known >= all)
            {
                _dropped[edge] = true;
            }
            else
            {
                _undecided.Add(new UndecidedReference(from, graph.Paths[graph.EdgeTarget(edge)], known, all));
            }
        }
    }

    /// <summary>Whether a finding ends: an end of it has left the closure, the reference has, or every file that it is about.</summary>
    private bool IsGone(Finding leak, WhatIf outcome)
    {
        int from = Node(leak.From);
        int to = -1;
        bool isInside = leak.To is not null && _report.Graph.TryGetNode(leak.To, out to);
        return !outcome.IsReachable(from)
            || (isInside && !outcome.IsReachable(to))
            || (isInside && _report.Graph.FindEdge(from, to) is >= 0 and int edge && _dropped[edge])
            || (leak.Occurrences.All(occurrence => occurrence.Evidence is not null) && KnowsEveryFile(leak) && _files.Cover(leak.From, leak.Evidence, splitOnly: leak.To is null));
    }

    /// <summary>Whether every file that holds the reference is named, so that none is left out of the finding.</summary>
    private bool KnowsEveryFile(Finding finding) =>
        finding.To is not { } to || !_report.Graph.TryGetNode(to, out int target) || _report.Graph.FindEdge(Node(finding.From), target) is not (>= 0 and int edge)
        || (_found[edge] is { } found && EditedFiles.CountFiles(found.Evidence) >= found.FileCount);

    private IEnumerable<ReferenceEvidence> KnownEvidence(int node) =>
        Enumerable.Range(_report.Graph.FirstEdge(node), _report.Graph.Successors(node).Length).SelectMany(edge => _found[edge]?.Evidence ?? []);

    private int Node(StorePath path) =>
        _report.Graph.TryGetNode(path, out int node) ? node : throw new ArgumentException($"{path} is not in the closure.", nameof(path));
}
