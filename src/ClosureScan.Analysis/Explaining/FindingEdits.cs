using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// What ends the findings that a cut of the build side leaves: references that a policy forbids, references to what stays all the same, and files that
/// are wrong themselves, of which no reference has to go.
/// </summary>
internal sealed class FindingEdits
{
    private readonly ClosureReport _report;
    private readonly Dictionary<StorePath, Dictionary<string, string>> _wrongFiles = [];

    public FindingEdits(ClosureReport report, IEnumerable<Finding> accepted, CutWeights weights, MinimumCut cut)
    {
        _report = report;
        ClosureGraph graph = report.Graph;
        SortedSet<int> edges = [.. cut.Edges];
        HashSet<Finding> stays = new(accepted, ReferenceEqualityComparer.Instance);
        Finding[] open = [.. report.Findings.Where(finding => !stays.Contains(finding) && finding.Severity != Severity.Note && finding.Occurrences.Any(occurrence => occurrence.Status.IsOpen))];
        HashSet<Finding> left = new(ReferenceEqualityComparer.Instance);
        foreach (Finding finding in open)
        {
            if (EdgeOf(finding) is >= 0 and int edge && !edges.Contains(edge) && IsInside(finding, cut.Outcome))
            {
                if (weights.IsAccepted(edge))
                {
                    left.Add(finding);
                }
                else
                {
                    edges.Add(edge);
                }
            }
        }

        Edges = [.. edges];
        Outcome = edges.Count == cut.Edges.Length ? cut.Outcome : WhatIf.Without(graph, [], [.. edges]);
        foreach (Finding finding in open.Where(finding => finding.Rule == RuleIds.ForeignBinary))
        {
            NoteWrongFiles(finding);
        }

        HashSet<(StorePath, string)> edited = [.. edges.SelectMany(edge => FilesOf(weights, edge))];
        List<ClosureEdit> files = [];
        foreach (Finding finding in open.Where(finding => EdgeOf(finding) < 0 && IsInside(finding, Outcome)))
        {
            if (finding.Occurrences.Any(occurrence => occurrence.Evidence is null))
            {
                left.Add(finding);
            }
            else if (EditOf(finding, edited) is { } edit)
            {
                files.Add(edit);
            }
        }

        Files = [.. files];
        Left = [.. open.Where(left.Contains)];
    }

    /// <summary>The references to remove, ascending.</summary>
    public ImmutableArray<int> Edges { get; }

    /// <summary>The closure without them.</summary>
    public WhatIf Outcome { get; }

    /// <summary>The files to mend beside them.</summary>
    public ImmutableArray<ClosureEdit> Files { get; }

    /// <summary>What no edit ends.</summary>
    public ImmutableArray<Finding> Left { get; }

    /// <summary>The edit with the advice for files that are wrong themselves, where it is about such files alone: what they name goes away with them.</summary>
    public ClosureEdit WithFix(ClosureEdit edit) =>
        _wrongFiles.TryGetValue(edit.From, out Dictionary<string, string>? wrong) && !edit.Files.IsEmpty && edit.Files.All(wrong.ContainsKey)
            ? edit with { Fix = wrong[edit.Files[0]] }
            : edit;

    /// <summary>The reference that a finding is about; below 0 for one about files, or about what the store did not register.</summary>
    private int EdgeOf(Finding finding) =>
        finding.To is { } to && _report.Graph.TryGetNode(to, out int target) && _report.Graph.TryGetNode(finding.From, out int source) ? _report.Graph.FindEdge(source, target) : -1;

    private bool IsInside(Finding finding, WhatIf outcome) => _report.Graph.TryGetNode(finding.From, out int node) && outcome.IsReachable(node);

    private IEnumerable<(StorePath, string)> FilesOf(CutWeights weights, int edge)
    {
        StorePath from = _report.Graph.Paths[_report.Graph.EdgeSource(edge)];
        return (weights.Found(edge)?.Evidence ?? []).Select(item => (from, item.File));
    }

    private void NoteWrongFiles(Finding finding)
    {
        if (!_wrongFiles.TryGetValue(finding.From, out Dictionary<string, string>? wrong))
        {
            _wrongFiles.Add(finding.From, wrong = []);
        }

        foreach (Occurrence occurrence in finding.Occurrences.Where(occurrence => occurrence.File is not null))
        {
            wrong.TryAdd(occurrence.File!, occurrence.Fix);
        }
    }

    /// <summary>An edit for the files of a finding that no other edit changes; null when there is none.</summary>
    private static ClosureEdit? EditOf(Finding finding, HashSet<(StorePath, string)> edited)
    {
        Occurrence[] rest = [.. finding.Occurrences.Where(occurrence => occurrence.Status.IsOpen && edited.Add((finding.From, occurrence.File!)))];
        return rest.Length == 0 ? null : new ClosureEdit
        {
            From = finding.From,
            To = finding.To,
            Files = [.. rest.Select(occurrence => occurrence.File!)],
            FileCount = rest.Length,
            Evidence = [.. rest.Select(occurrence => occurrence.Evidence!)],
            FreedAlone = 0,
            Fix = rest[0].Fix,
        };
    }
}
